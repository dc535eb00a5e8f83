using System.Net;
using VoucherFunctions.Testing;

namespace VoucherFunctions.Races;

/// <summary>The answer that a client got in the end.</summary>
/// <param name="LostBefore">how often the same request was sent before without an answer: it may have been carried out all the same</param>
public sealed record Reply(Answer Answer, int LostBefore)
{
    public bool Won => (int)Answer.Status is >= 200 and < 300;

    public bool Is(HttpStatusCode status, params string[] codes) => Answer.Status == status && codes.Contains(Answer.Code);
}
