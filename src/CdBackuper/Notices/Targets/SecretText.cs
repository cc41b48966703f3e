namespace CdBackuper.Notices.Targets;

/// <summary>Takes secrets out of what a server said: some repeat the address that they did not find, or the key that they did not like.</summary>
internal static class SecretText
{
    private const string Hidden = "(hidden)";

    /// <summary>What is shorter is no secret, and stands in any sentence.</summary>
    private const int MinLength = 4;

    /// <returns>What of an address is a secret, as servers may repeat it: path and query, together and by themselves, escaped and not.</returns>
    public static IEnumerable<string> Of(Uri address)
    {
        string[] parts =
        [
            address.PathAndQuery,
            address.AbsolutePath,
            address.AbsolutePath.Split('/')[^1],
            .. address.Query.TrimStart('?').Split('&').Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]),
        ];
        return parts.Concat(parts.Select(Uri.UnescapeDataString)).Select(part => part.Trim('/'));
    }

    /// <returns>The text without any of the secrets.</returns>
    public static string Hide(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets.Where(secret => secret.Length >= MinLength).OrderByDescending(secret => secret.Length))
        {
            text = text.Replace(secret, Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }
}
