using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using VoucherFunctions.Accounts;
using VoucherFunctions.Documents;
using VoucherFunctions.Http;
using VoucherFunctions.Issuers;
using VoucherFunctions.Keys;
using VoucherFunctions.Lifecycle;
using VoucherFunctions.Registrations;
using VoucherFunctions.Vouchers;

namespace VoucherFunctions.Hosting;

/// <summary>All JSON that goes in or out, generated at build. Strict: what the contract does not name is refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false,
    MaxDepth = 16,
    Converters = [typeof(UtcInstantConverter)])]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(CheckedVoucher))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(HandleRequest))]
[JsonSerializable(typeof(CorrectEmailRequest))]
[JsonSerializable(typeof(RegistrationReceipt))]
[JsonSerializable(typeof(TokenAndPasswordRequest))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(CheckedLink))]
[JsonSerializable(typeof(LogInRequest))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(DocumentView))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(IssueRequest))]
[JsonSerializable(typeof(IssuedVouchers))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(VoucherView))]
[JsonSerializable(typeof(BatchRevocation))]
[JsonSerializable(typeof(NewKeyRequest))]
[JsonSerializable(typeof(CountsView))]
[JsonSerializable(typeof(AllCountsView))]
[JsonSerializable(typeof(IssuerRequest))]
[JsonSerializable(typeof(IssuerChangeRequest))]
[JsonSerializable(typeof(IssuerView))]
[JsonSerializable(typeof(IssuerList))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(Outlook))]
[JsonSerializable(typeof(ReceiptList))]
[JsonSerializable(typeof(ErasuresRequest))]
[JsonSerializable(typeof(ErasuresAdded))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(KeysView))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(TimerAnswer))]
[JsonSerializable(typeof(TimerReport))]
[JsonSerializable(typeof(FunctionFile))]
public sealed partial class AppJson : JsonSerializerContext;

/// <summary>Instants as UTC with a <c>Z</c>.</summary>
public sealed class UtcInstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant)
            ? instant.ToUniversalTime()
            : throw new JsonException("Not an instant of ISO 8601.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
