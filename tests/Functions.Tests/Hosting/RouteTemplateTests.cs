using Xunit;

namespace VoucherFunctions.Tests.Hosting;

/// <summary>The test of the overlap must itself be right.</summary>
public sealed class RouteTemplateTests
{
    [Theory]
    [InlineData("vouchers", "vouchers")]
    [InlineData("vouchers", "Vouchers/")]
    [InlineData("vouchers/{id}", "vouchers/check")]
    [InlineData("vouchers/{id}", "vouchers/{batchId}")]
    [InlineData("{kind}/{id}", "vouchers/check")]
    [InlineData("vouchers/{id}/revoke", "vouchers/batches/{batchId}")]
    [InlineData("training/{*path}", "training")]
    [InlineData("training/{*path}", "training/a/b")]
    [InlineData("{*path}", "vouchers/{id}")]
    [InlineData("documents/{name?}", "documents")]
    [InlineData("documents/{name}.pdf", "documents/{name}")]
    [InlineData("documents/{a}/{b?}", "documents/{a}")]
    public void Two_templates_that_one_path_fits_overlap(string one, string other)
    {
        Assert.True(new RouteTemplate(one).Overlaps(new RouteTemplate(other)));
        Assert.True(new RouteTemplate(other).Overlaps(new RouteTemplate(one)));
    }

    [Theory]
    [InlineData("vouchers", "issuers")]
    [InlineData("vouchers", "vouchers/{id}")]
    [InlineData("vouchers/{id}", "vouchers/{id}/revoke")]
    [InlineData("vouchers/{id}/revoke", "vouchers/{id}/keys")]
    [InlineData("documents.zip", "documents/{name}")]
    [InlineData("training/{*path}", "documents/{name}")]
    [InlineData("profile/password", "profile/erase")]
    public void Two_templates_that_no_path_fits_do_not_overlap(string one, string other)
    {
        Assert.False(new RouteTemplate(one).Overlaps(new RouteTemplate(other)));
        Assert.False(new RouteTemplate(other).Overlaps(new RouteTemplate(one)));
    }
}
