using Azure.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VoucherFunctions.Domain.Accounts;
using VoucherFunctions.Domain.Mail;
using VoucherFunctions.Settings;

namespace VoucherFunctions.Mail;

public static class MailSetup
{
    /// <summary>The outbox and the sender that the settings name; a sender that is registered already is kept.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton(provider => Quota(provider.GetRequiredService<IOptions<MailOptions>>().Value)).AddSingleton<SharedMailBudget>();
        services.AddSingleton<MailRenderer>().AddSingleton<PacedMailSender>().AddSingleton<MailDelivery>().AddSingleton<AccountDeletedDelivery>();
        services.TryAddSingleton<NewMailId>(Guid.NewGuid);
        services.TryAddSingleton(provider => Guard(Sender(provider), provider));
        return services;
    }

    private static MailQuota Quota(MailOptions options) => new(options.PerMinute, options.PerHour);

    private static IMailSender Sender(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<MailOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var sender = EmailAddress.TryParse(options.Sender, out var parsed) ? parsed : throw new InvalidOperationException("Mail__Sender was not validated.");
        var replyTo = EmailAddress.TryParse(options.ReplyTo, out var answers) ? answers : null;
        if (options.Smtp.Length > 0)
        {
            return new SmtpMailSender(new Uri(options.Smtp), sender, replyTo);
        }
        var client = options.ConnectionString.Length > 0
            ? AcsMailClient.WithConnectionString(options.ConnectionString, clock)
            : AcsMailClient.WithIdentity(new Uri(options.Endpoint), services.GetRequiredService<TokenCredential>(), clock);
        return new AcsMailSender(client, sender, replyTo);
    }

    private static IMailSender Guard(IMailSender sender, IServiceProvider services)
    {
        var allowed = services.GetRequiredService<IOptions<MailOptions>>().Value.AllowedRecipients
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return allowed.Length == 0 ? sender : new AllowListMailSender(sender, allowed, services.GetRequiredService<ILogger<AllowListMailSender>>());
    }
}
