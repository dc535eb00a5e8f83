using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Http;
using VoucherFunctions.Printing;

namespace VoucherFunctions.Issuers;

/// <summary>A batch with its codes, as JSON and CSV, and its sheets as PDF and HTML: for its office only, and only once it is complete.</summary>
public sealed class BatchPrinting(SheetPrinter printer, SheetHtml pages, HashingKeys keys, SiteOrigin site)
{
    private static readonly string[] Columns = ["id", "code", "registrationUrl", "redeemableUntil", "language", "reference", "test"];
    private static readonly string[] StatusColumns = ["status", "enteredAt", "accessUntil", "changedAt"];

    public IssuedVouchers ToJson(Batch batch, bool withQr)
    {
        var vouchers = VoucherCodes.Of(batch, keys).Select(voucher => new IssuedVoucher(
            voucher.Id.Value,
            voucher.Code.ToString(),
            RegistrationUrl(batch, voucher.Code),
            batch.RedeemableUntil)
        {
            Qr = withQr ? QrCode.Of(RegistrationUrl(batch, voucher.Code)).ToSvg() : null,
        });
        return new IssuedVouchers(batch.Id, vouchers, batch.IsTest ? true : null);
    }

    public BatchFile ToCsv(Batch batch, CsvForm form)
    {
        var table = new CsvTable(form, Columns);
        foreach (var (code, id) in VoucherCodes.Of(batch, keys))
        {
            table.Add(Row(batch, code, id));
        }
        return CsvFile(batch, table);
    }

    /// <summary>The same columns, then each voucher's status; only those that the views name.</summary>
    public BatchFile ToCsv(Batch batch, IReadOnlyList<VoucherView> views, CsvForm form)
    {
        var table = new CsvTable(form, [.. Columns, .. StatusColumns]);
        var byId = views.ToDictionary(view => view.Id);
        foreach (var (code, id) in VoucherCodes.Of(batch, keys))
        {
            if (byId.TryGetValue(id.Value, out var view))
            {
                table.Add([.. Row(batch, code, id), view.Status, view.EnteredAt?.ToIso() ?? "", view.AccessUntil?.ToIso() ?? "", view.ChangedAt?.ToIso() ?? ""]);
            }
        }
        return CsvFile(batch, table);
    }

    public BatchFile ToSheets(Issuer issuer, Batch batch, BatchFormat format) => ToSheets(issuer, batch, format, VoucherCodes.Of(batch, keys));

    /// <summary>The sheets of those that can still lead to an account, or null when there is none.</summary>
    public BatchFile? ToSheets(Issuer issuer, Batch batch, BatchFormat format, IReadOnlyList<VoucherView> views)
    {
        var usable = views.Where(view => view.Status is "issued" or "pending").Select(view => view.Id).ToHashSet();
        return usable.Count == 0 ? null : ToSheets(issuer, batch, format, VoucherCodes.Of(batch, keys).Where(voucher => usable.Contains(voucher.Id.Value)));
    }

    private BatchFile ToSheets(Issuer issuer, Batch batch, BatchFormat format, IEnumerable<(VoucherCode Code, VoucherId Id)> vouchers)
    {
        var sheets = vouchers.Select(voucher => new VoucherSheet(
            voucher.Code.ToString(), RegistrationUrl(batch, voucher.Code), batch.RedeemableUntil, batch.Language));
        var pile = new SheetPile(issuer.Name, batch.CreatedAt, [.. sheets]) { IsTest = batch.IsTest };
        return format == BatchFormat.Html
            ? new BatchFile(batch.Id, MediaTypes.Html, "html", (target, stop) => pages.WriteAsync(pile, target, stop)) { ContentSecurityPolicy = SheetHtml.ContentSecurityPolicy }
            : new BatchFile(batch.Id, BatchFormats.Pdf, "pdf", (target, stop) => printer.WriteAsync(pile, target, stop));
    }

    /// <summary>A table is small: its length is told.</summary>
    private static BatchFile CsvFile(Batch batch, CsvTable table)
    {
        var bytes = table.ToBytes();
        return new BatchFile(batch.Id, CsvTable.ContentType, "csv", (target, stop) => target.WriteAsync(bytes, stop).AsTask()) { Length = bytes.Length };
    }

    private string[] Row(Batch batch, VoucherCode code, VoucherId id) =>
    [
        id.Value, code.ToString(), RegistrationUrl(batch, code), batch.RedeemableUntil.ToIso(), batch.Language.Code(), batch.Reference ?? "", batch.IsTest ? "true" : "false",
    ];

    private string RegistrationUrl(Batch batch, VoucherCode code) => $"{site.Value}/?lang={batch.Language.Code()}#code={code}";
}
