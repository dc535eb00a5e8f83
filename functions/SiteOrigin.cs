namespace VoucherFunctions;

/// <summary>Where people find the website: scheme, host and port. https, or http on localhost.</summary>
public sealed record SiteOrigin(Uri Uri)
{
    /// <summary>As a browser sends it in <c>Origin</c>.</summary>
    public string Value => Uri.GetLeftPart(UriPartial.Authority);

    public bool IsSecure => Uri.Scheme == Uri.UriSchemeHttps;
}
