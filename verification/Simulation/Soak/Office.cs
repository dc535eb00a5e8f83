using System.Text.Json.Nodes;
using VoucherFunctions.Simulation.Running;

namespace VoucherFunctions.Simulation.Soak;

/// <summary>The office that issues, in batches over the year.</summary>
public sealed class Office(World world)
{
    private const int MostTries = 5;
    private string _key = "";

    public string Key => _key;

    public int Issued { get; private set; }

    public void Open()
    {
        var office = world.RunAlone("setting", world.Host(0), host => host.SendAsync("POST", "/api/issuers", new JsonObject { ["name"] = "RAV Chur", ["dailyQuota"] = 100_000 }, Host.AdminKey));
        var key = world.RunAlone("setting", world.Host(0), host => host.SendAsync("POST", $"/api/issuers/{office.Text("id")}/keys", new JsonObject(), Host.AdminKey));
        _key = key.Text("key") ?? throw new InvalidOperationException($"{office} {key}");
    }

    /// <summary>The vouchers of one order; asked again under the same key until the answer is there. Null: no answer came.</summary>
    public IReadOnlyList<(string Id, string Code)>? Issue(int batch, int count, FaultPlan? plan)
    {
        world.Traffic.Arm(plan);
        for (var tried = 0; tried < MostTries; tried++)
        {
            var reply = world.RunAlone("issue", world.Host(tried % 2), host => host.SendAsync(
                "POST", "/api/vouchers", new JsonObject { ["count"] = count, ["redeemableUntil"] = "2030-11-01T00:00:00Z" }, _key, idempotencyKey: $"order-{batch}"));
            world.Traffic.Arm(null);
            world.Traffic.ApplyLate();
            if (reply.IsSuccess)
            {
                Issued += count;
                return [.. reply.Body!["vouchers"]!.AsArray().Select(voucher => (voucher!["id"]!.GetValue<string>(), voucher["code"]!.GetValue<string>()))];
            }
            if (!reply.IsUnsure)
            {
                world.InvariantMonitor.Add(17, $"an order is answered {reply}");
            }
        }
        return null;
    }
}
