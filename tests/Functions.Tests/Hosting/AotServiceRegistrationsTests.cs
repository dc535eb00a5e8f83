using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoucherFunctions.Hosting;
using Xunit;

namespace VoucherFunctions.Tests.Hosting;

public sealed class AotServiceRegistrationsTests
{
    /// <summary>Otherwise the container would make them at the start, which takes long where everything is compiled ahead of time.</summary>
    [Fact]
    public void Loggers_and_settings_that_a_start_asks_for_are_registered_closed()
    {
        var builder = Server.CreateBuilder();
        builder.UseCustomHandler();
        builder.Services.AddVoucherPlatform(builder.Configuration);
        var closed = builder.Services.Where(service => service.ServiceType.IsConstructedGenericType).Select(service => service.ServiceType).ToHashSet();
        var loggers = typeof(VoucherPlatform).Assembly.GetTypes()
            .SelectMany(type => type.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Where(type => IsA(type, typeof(ILogger<>)))
            .ToHashSet();
        var settings = closed
            .Where(type => IsA(type, typeof(IConfigureOptions<>)))
            .Select(type => type.GenericTypeArguments[0])
            .Where(type => type.IsVisible)
            .ToHashSet();

        Assert.True(loggers.Count > 15, $"{loggers.Count}");
        Assert.True(settings.Count > 15, $"{settings.Count}");
        Assert.Empty(loggers.Except(closed));
        Assert.Empty(settings.SelectMany(Of).Except(closed));

        static bool IsA(Type type, Type open) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == open;

        static IEnumerable<Type> Of(Type type) =>
            new[] { typeof(IOptions<>), typeof(IOptionsMonitor<>), typeof(IOptionsMonitorCache<>), typeof(IOptionsFactory<>) }.Select(open => open.MakeGenericType(type));
    }
}
