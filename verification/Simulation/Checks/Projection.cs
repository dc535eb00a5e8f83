using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.InMemoryStorage.Tables;
using VoucherFunctions.Security;
using VoucherFunctions.Simulation.Flows;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Checks;

/// <summary>What is stored and what the model says, in the same words.</summary>
public sealed class Projection
{
    private static readonly string[] Passwords = [Flow.Password, Flow.SecondPassword, Flow.NewPassword, Flow.OtherPassword];
    private static readonly string[] Addresses = [Flow.Anne, Flow.Beat, Flow.Carla];
    private static readonly string[] Tokens = ["token1", "token2"];
    private static readonly string[] Numbers = ["1", "2"];
    private readonly Dictionary<string, string> _addresses;
    private readonly HashingKeys _keys;

    /// <summary>Of the addresses as they are, or as <paramref name="known"/> has them for these.</summary>
    public Projection(Host host, ClientState? known = null)
    {
        _keys = host.Services.GetRequiredService<HashingKeys>();
        _addresses = Addresses.ToDictionary(
            address => EmailHash.Of(EmailAddress.TryParse(known?.Address(address) ?? address, out var parsed) ? parsed : throw new InvalidOperationException(address), _keys).Value);
    }

    public string Of(World world, ClientState known) => string.Join("; ", Numbers.Where(number => known.Has($"id{number}")).Select(number => $"{number} {Of(world, known, known[$"id{number}"])}"));

    public static string Of(ModelVoucher voucher, DateTimeOffset now)
    {
        var life = voucher.At(now);
        return life switch
        {
            Life.Pending => Pending(voucher.Address, voucher.Link is "token1" or "token2", voucher.Registration == "handle1"),
            Life.Active => Active(voucher.Address, voucher.Password, voucher.IsLive(now) ? voucher.Sessions.Count : -1, voucher.IsSuperseded, voucher.Reset == "reset1", voucher.Documents.Values.Select(text => Document(text.Length, Model.TypeOf(text)))),
            _ => life.ToString(),
        };
    }

    /// <summary>Who can log in with what.</summary>
    public (string? Address, string? Password) Holder(TableRow state) =>
        (Address(state), state.Get("PasswordHash") is { } hash ? Passwords.FirstOrDefault(password => Fits(password, hash)) : null);

    private string Of(World world, ClientState known, string id)
    {
        var state = world.Space.Find("vouchers", id, "state");
        if (state is null)
        {
            return nameof(Life.Gone);
        }
        var (status, now) = (state.Get("Status")!, world.Now);
        return status switch
        {
            "Pending" when now < state.Time("PendingUntil") => Pending(Address(state), IsLink(state, known), IsNonce(known, "handle1", LinkPurpose.Registration, state.Get("RegistrationId"))),
            "Issued" or "Pending" => nameof(Life.Issued),
            "Active" or "Superseded" => Active(
                Address(state),
                Passwords.FirstOrDefault(password => Fits(password, state.Get("PasswordHash")!)),
                now < state.Time("AccessUntil") ? Sessions(world, state) : -1,
                status == "Superseded",
                IsNonce(known, "reset1", LinkPurpose.PasswordReset, state.Get("ResetNonce")),
                world.Space.Partition("vouchers", state.Partition, "document-").Select(row => Document(world, state, row))),
            "Deleting" => nameof(Life.Gone),
            _ => status,
        };
    }

    private static string Pending(string? address, bool isKnownLink, bool isKnownHandle) =>
        $"Pending for {address}{(isKnownLink ? "" : " by a new link")}{(isKnownHandle ? " as registered" : "")}";

    private static string Active(string? address, string? password, int sessions, bool isSuperseded, bool isResetOpen, IEnumerable<string> documents) =>
        $"Active for {address} with {password}{(sessions < 0 ? ", ended" : $", {sessions} sessions")}{(isSuperseded ? ", superseded" : "")}{(isResetOpen ? ", reset asked" : "")}, documents: {string.Join(" and ", documents.Order(StringComparer.Ordinal))}";

    private static string Document(long size, string type) => string.Create(CultureInfo.InvariantCulture, $"{size} bytes of {type}");

    /// <summary>The type is sealed together with the name, where the name says another.</summary>
    private static string Document(World world, TableRow state, TableRow row)
    {
        var stored = new StoredDocument
        {
            Id = row.Row["document-".Length..],
            BlobId = row.Get("BlobId")!,
            Size = long.Parse(row.Get("Size")!, CultureInfo.InvariantCulture),
            ModifiedAt = row.Time("ModifiedAt")!.Value,
            SealedName = Convert.FromBase64String(row.Get("SealedName")!),
            Crc32 = uint.Parse(row.Get("Crc32")!, CultureInfo.InvariantCulture),
        };
        var name = world.Host(0).Services.GetRequiredService<AccountCipher>().OpenText(
            Convert.FromBase64String(state.Get("WrappedKey")!), state.Get("AccountId")!, stored.SealContext, stored.SealedName);
        return Document(stored.Size, DocumentName.TryParseSealed(name, out var parsed) ? parsed.Type.MediaType : "an unknown type");
    }

    private string? Address(TableRow state) => _addresses.GetValueOrDefault(state.Get("EmailHash") ?? "");

    private bool IsLink(TableRow state, ClientState known) => Tokens.Any(token => IsNonce(known, token, LinkPurpose.Activation, state.Get("ActivationNonce")));

    private bool IsNonce(ClientState known, string name, LinkPurpose purpose, string? nonce) =>
        known.Find(name) is { } text && LinkToken.TryParse(text, purpose, _keys, out var token) && token.Nonce == nonce;

    private static int Sessions(World world, TableRow state) =>
        world.Space.Partition("vouchers", state.Partition, "session-").Count(row => row.Get("Epoch") == state.Get("SessionEpoch"));

    private static bool Fits(string password, string hash)
    {
        var parts = hash.Split('$');
        return Convert.ToBase64String(SHA256.HashData([.. FromBase64(parts[^2]), .. Encoding.UTF8.GetBytes(password)])).TrimEnd('=') == parts[^1];
    }

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
