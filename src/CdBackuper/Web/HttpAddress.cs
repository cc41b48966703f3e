using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace CdBackuper.Web;

/// <summary>Where HTTP is served.</summary>
/// <param name="Address">The interface's address; null for all.</param>
/// <param name="Port">1 to 65535, or 0 for any that is free.</param>
/// <param name="IsChosen">
/// True where a person set it: then a port that is taken ends the program. Else it goes on without HTTP, since discs are what matters.
/// </param>
internal sealed record HttpAddress(IPAddress? Address, int Port, bool IsChosen)
{
    /// <summary>This machine alone.</summary>
    public const string Standard = "127.0.0.1:8080";

    /// <summary>The word for no HTTP.</summary>
    public const string Nowhere = "off";

    /// <param name="text">"127.0.0.1:8080", "[::1]:8080", "localhost:8080" or "*:8080".</param>
    /// <param name="isChosen">See the property.</param>
    /// <returns>Null for anything else: names are not asked for, and a port alone would leave open who may come in.</returns>
    public static HttpAddress? TryParse(string text, bool isChosen)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            && TryParseAddress(text[..colon], out var address)
            ? new(address, port, isChosen)
            : null;
    }

    /// <returns>As it is set: "*:8080".</returns>
    public override string ToString() => Address is null ? $"*:{Port}" : new IPEndPoint(Address, Port).ToString();

    private static bool TryParseAddress(string text, [MaybeNullWhen(false)] out IPAddress? address)
    {
        address = text == "localhost" ? IPAddress.Loopback : null;
        if (text is "*" or "localhost")
        {
            return true;
        }

        // "[::1]" and "127.0.0.1" alone: IPAddress would also take "::1" without brackets, and "1" for 0.0.0.1.
        var isV6 = text.StartsWith('[') && text.EndsWith(']');
        return IPAddress.TryParse(isV6 ? text[1..^1] : text, out address) && isV6 == text.Contains(':') && (isV6 || text.Count(letter => letter == '.') == 3);
    }
}
