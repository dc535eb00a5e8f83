using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>Nothing: the path says everything. No body, or an empty object; anything else was meant for something else.</summary>
public sealed record EmptyRequest;

/// <summary>The shape of every <c>TryParse</c> of a value type.</summary>
public delegate bool TryParse<T>(string? text, out T? value);

/// <summary>Turns a body's texts into values; keeps the first thing that is wrong.</summary>
public sealed class RequestValidation
{
    public Refusal? Refusal { get; private set; }

    /// <summary>The value, or null and a refusal naming the field.</summary>
    public T? Parse<T>(string field, string? text, TryParse<T> parse)
    {
        if (parse(text, out var value))
        {
            return value;
        }
        Refuse(field, string.IsNullOrWhiteSpace(text) ? "required" : "invalid");
        return default;
    }

    /// <summary>A text that must be there and not longer than this.</summary>
    public string Text(string field, string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            Refuse(field, "required");
        }
        else if (text.Length > maxLength)
        {
            Refuse(field, "too-long");
        }
        return text ?? "";
    }

    public void Refuse(string field, string reason) => Refusal ??= Refusal.Invalid(field, reason);
}
