using System.Collections.Immutable;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Documents;
using VoucherFunctions.Domain.Mail;

namespace VoucherFunctions.Domain.Vouchers;

/// <summary>A voucher as it was read: its state, the version to change it by, and its sessions if they were asked for.</summary>
public sealed record VoucherSnapshot(Voucher Voucher, string Version, ImmutableArray<Session> Sessions);

/// <summary>What happens to one partition in one transaction, and the due rows that must exist before it.</summary>
public sealed record VoucherChange(Voucher Next)
{
    public ImmutableArray<Session> StartSessions { get; init; } = [];

    public ImmutableArray<Session> EndSessions { get; init; } = [];

    /// <summary>Each also gets its due row.</summary>
    public ImmutableArray<OutboxMail> SendMails { get; init; } = [];

    /// <summary>Each in place of the version it names; without a version it is new.</summary>
    public ImmutableArray<StoredDocument> KeepDocuments { get; init; } = [];

    public ImmutableArray<StoredDocument> DropDocuments { get; init; } = [];

    public ImmutableArray<DueItem> Due { get; init; } = [];

    /// <summary>No other row of the partition changes.</summary>
    public bool IsOfStateOnly => this is
    {
        StartSessions.IsEmpty: true, EndSessions.IsEmpty: true, SendMails.IsEmpty: true, KeepDocuments.IsEmpty: true, DropDocuments.IsEmpty: true,
    };
}

/// <summary>What a rule decided: the answer, and the change that must be committed before it is given (a refusal may need one too).</summary>
public sealed record Decision<T>(Result<T> Answer, VoucherChange? Change = null);
