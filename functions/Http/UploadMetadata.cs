using VoucherFunctions.Domain;

namespace VoucherFunctions.Http;

/// <summary>
/// The endpoint takes a file as its body. The client must send the length first: before the native head the Functions host refuses any other body. Not the framework's own metadata of this kind: Kestrel would
/// then break the connection of an upload that is too large before its answer is read.
/// </summary>
/// <param name="LargestBytes">What may come in.</param>
/// <param name="TooLarge">The problem when it is more.</param>
public sealed record UploadMetadata(long LargestBytes, Refusal TooLarge);
