using VoucherFunctions.Domain;
using VoucherFunctions.Domain.Issuers;
using VoucherFunctions.Domain.Keys;
using VoucherFunctions.Domain.Vouchers;
using VoucherFunctions.Printing;

namespace VoucherFunctions.Issuers;

/// <summary>A batch with its codes, as JSON, CSV and PDF: for its office only, and only once it is complete.</summary>
public sealed class BatchPrinting(SheetPrinter printer, HashingKeys keys, SiteOrigin site)
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
        return new IssuedVouchers(batch.Id, [.. vouchers], batch.IsTest ? true : null);
    }

    public BatchFile ToCsv(Batch batch, CsvForm form)
    {
        var table = new CsvTable(form, Columns);
        foreach (var (code, id) in VoucherCodes.Of(batch, keys))
        {
            table.Add(Row(batch, code, id));
        }
        return new BatchFile(batch.Id, CsvTable.ContentType, table.ToBytes());
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
        return new BatchFile(batch.Id, CsvTable.ContentType, table.ToBytes());
    }

    public Task<BatchFile> ToPdfAsync(Issuer office, Batch batch, CancellationToken cancellation) =>
        ToPdfAsync(office, batch, VoucherCodes.Of(batch, keys), cancellation);

    /// <summary>The sheets of those that can still lead to an account, or null when there is none.</summary>
    public async Task<BatchFile?> ToPdfAsync(Issuer office, Batch batch, IReadOnlyList<VoucherView> views, CancellationToken cancellation)
    {
        var usable = views.Where(view => view.Status is "issued" or "pending").Select(view => view.Id).ToHashSet();
        return usable.Count == 0
            ? null
            : await ToPdfAsync(office, batch, VoucherCodes.Of(batch, keys).Where(voucher => usable.Contains(voucher.Id.Value)), cancellation);
    }

    private async Task<BatchFile> ToPdfAsync(Issuer office, Batch batch, IEnumerable<(VoucherCode Code, VoucherId Id)> vouchers, CancellationToken cancellation)
    {
        var sheets = vouchers.Select(voucher => new VoucherSheet(
            voucher.Code.ToString(), RegistrationUrl(batch, voucher.Code), batch.RedeemableUntil, batch.Language));
        var pile = new SheetPile(office.Name, batch.CreatedAt, [.. sheets]) { IsTest = batch.IsTest };
        return new BatchFile(batch.Id, BatchFormats.Pdf, await printer.PrintAsync(pile, cancellation));
    }

    private string[] Row(Batch batch, VoucherCode code, VoucherId id) =>
    [
        id.Value, code.ToString(), RegistrationUrl(batch, code), batch.RedeemableUntil.ToIso(), batch.Language.Code(), batch.Reference ?? "", batch.IsTest ? "true" : "false",
    ];

    private string RegistrationUrl(Batch batch, VoucherCode code) => $"{site.Value}/?lang={batch.Language.Code()}#code={code}";
}
