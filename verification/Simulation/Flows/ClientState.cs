namespace VoucherFunctions.Simulation.Flows;

/// <summary>What people and offices have in their hands: codes, handles, links from mails, cookies. By name, as <c>code1</c>.</summary>
public sealed class ClientState
{
    private readonly Dictionary<string, string> _values;

    public ClientState(IEnumerable<KeyValuePair<string, string>>? values = null) => _values = new(values ?? []);

    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public void Remove(string name) => _values.Remove(name);

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The address that this one stands for; in scenes itself.</summary>
    public string Address(string name) => Find(name) ?? name;

    public IEnumerable<string> Cookies => _values.Where(value => value.Key.StartsWith("cookie", StringComparison.Ordinal)).Select(value => value.Key);

    public ClientState Copy() => new(_values);
}
