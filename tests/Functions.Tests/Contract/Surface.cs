using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VoucherFunctions.Domain;
using VoucherFunctions.Hosting;
using VoucherFunctions.Http;
using VoucherFunctions.Testing;
using Xunit;

namespace VoucherFunctions.Tests.Contract;

/// <summary>One member of a body: what it is called, what JSON type it has, a value that is right, and whether it may be left out.</summary>
internal sealed record Member(string Name, Type Type, JsonNode Good, bool IsOptional)
{
    public bool IsText => Type == typeof(string);

    /// <summary>Any character may be in a password; a wrong one is a guess, which is counted.</summary>
    public bool IsPassword => Name.EndsWith("assword", StringComparison.Ordinal);
}

/// <summary>One route and method, with what is needed to call it.</summary>
internal sealed record Call(string Method, string Template, string Path, Requires? Requires, IReadOnlyList<Member>? Body, IReadOnlySet<string> Refusals)
{
    public JsonObject GoodBody => new(Body!.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, member.Good.DeepClone())));

    public override string ToString() => $"{Method} {Template}";
}

/// <summary>
/// Every endpoint of the app's own route table with a body that is right, so that each bad one is wrong in one way only; a new endpoint is
/// in here by itself. The timers are not: nobody outside can reach them.
/// </summary>
internal sealed partial class Surface : IAsyncDisposable
{
    /// <summary>Without these the request means something all the same.</summary>
    private static readonly string[] Optional = ["IssueRequest.reference", "IssueRequest.redeemableUntil", "IssueRequest.language", "IssuerRequest.dailyQuota", "NewKeyRequest.test"];

    private readonly Journey _registered;
    private readonly Journey _signedIn;

    private Surface(TestApp app, Journey registered, Journey signedIn, IReadOnlyList<Call> calls)
    {
        (App, _registered, _signedIn) = (app, registered, signedIn);
        Calls = calls;
    }

    public TestApp App { get; }

    public IReadOnlyList<Call> Calls { get; }

    public IEnumerable<Call> WithBody => Calls.Where(call => call.Body is not null);

    public static async Task<Surface> OpenAsync(AzuriteFixture azurite)
    {
        var app = await TestApp.StartAsync(azurite);
        var voucher = (await Journey.IssueAsync(app, 1))[0];
        var registered = await Journey.RegisteredAsync(app);
        var activationToken = await registered.TokenAsync();
        var signedIn = await Journey.ActivatedAsync(app);
        await app.Client.PostAsync("/api/password-resets", new { email = signedIn.Email });
        var resetToken = await signedIn.TokenAsync();
        var good = new Dictionary<string, JsonNode>
        {
            ["code"] = voucher.Code,
            ["name"] = "Anne Muster",
            ["email"] = "anne@example.ch",
            ["language"] = "de",
            ["handle"] = registered.Handle,
            ["TokenAndPasswordRequest.token /api/activations"] = activationToken,
            ["TokenAndPasswordRequest.token /api/password-resets/complete"] = resetToken,
            ["TokenRequest.token /api/activations/check"] = activationToken,
            ["TokenRequest.token /api/password-resets/check"] = resetToken,
            ["password"] = Journey.Password,
            ["currentPassword"] = Journey.Password,
            ["newPassword"] = "a new lantern over the lake",
            ["count"] = 1,
            ["reference"] = "R-1",
            ["redeemableUntil"] = "2027-01-31T00:00:00Z",
            ["dailyQuota"] = 5,
            ["disabled"] = false,
            ["test"] = false,
            ["issuer"] = app.IssuerKey.Split('_')[1],
            ["voucher"] = voucher.Id,
            ["erasures"] = new JsonArray(new JsonObject
            {
                ["id"] = "00000000000000000000000000000000",
                ["issuer"] = "00000000",
                ["erasedAt"] = "2026-11-22T10:00:00Z",
            }),
            ["from"] = "0",
        };
        var calls = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<TimerFunction>() is null)
            .SelectMany(endpoint => CallsOf(endpoint, good))
            .ToList();
        return new Surface(app, registered, signedIn, calls);
    }

    /// <summary>Sends what the call needs to be let in, and this body.</summary>
    public Task<Answer> SendAsync(Call call, HttpContent? content, string? path = null, params (string Name, string Value)[] headers) => _signedIn.Client.SendAsync(
        new HttpMethod(call.Method),
        path ?? call.Path,
        content,
        call.Requires switch { Requires.IssuerKey => App.IssuerKey, Requires.AdminKey => TestApp.AdminKey, _ => null },
        [("Idempotency-Key", "surface"), .. headers]);

    /// <summary>Null when the answer is a problem that the contract names for this call, with its status, and nothing was written.</summary>
    public string? Complain(Call call, string input, Answer answer, int writesBefore)
    {
        var isProblem = answer.Code is { } code && Problems.All.TryGetValue(code, out var known) && known.Status == (int)answer.Status
            && (call.Refusals.Contains(code) || code is "method-not-allowed");
        return isProblem && answer.Status < HttpStatusCode.InternalServerError && App.Calls.Writes == writesBefore
            ? null
            : $"{call} with {input}: {answer}, {App.Calls.Writes - writesBefore} writes";
    }

    public static void AssertNone(IEnumerable<string?> complaints)
    {
        var found = complaints.OfType<string>().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    public async ValueTask DisposeAsync()
    {
        _registered.Dispose();
        _signedIn.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>The template with this in place of every parameter.</summary>
    public static string PathOf(string template, string parameter = "00000000") => Parameter().Replace(template, parameter);

    private static IEnumerable<Call> CallsOf(RouteEndpoint endpoint, Dictionary<string, JsonNode> good)
    {
        var template = endpoint.RoutePattern.RawText!.TrimEnd('/');
        var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        Assert.True(methods.Count > 0, $"{template} answers to every method.");
        return methods.Select(method => new Call(
            method,
            template,
            PathOf(template.Replace("/issuers/{id}", $"/issuers/{good["issuer"]}", StringComparison.Ordinal)
                .Replace("/vouchers/{id}", $"/vouchers/{good["voucher"]}", StringComparison.Ordinal)),
            endpoint.Metadata.GetMetadata<AccessMetadata>()?.Requires,
            accepts is null ? null : MembersOf(accepts, template, good),
            Description.RefusalsOf(endpoint)));
    }

    private static List<Member> MembersOf(Type body, string template, Dictionary<string, JsonNode> good)
    {
        var type = AppJson.Default.GetTypeInfo(body);
        Assert.True(type?.Kind == JsonTypeInfoKind.Object, $"{body} is not an object.");
        return [.. type.Properties.Select(property => new Member(
            property.Name,
            Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            good.GetValueOrDefault($"{body.Name}.{property.Name} {template}") ?? good.GetValueOrDefault(property.Name)
                ?? throw new InvalidOperationException($"Give a good value for {property.Name} of {template}."),
            Optional.Contains($"{body.Name}.{property.Name}") || body.Name is "ProfileRequest" or "IssuerChangeRequest"))];
    }

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Parameter();
}
