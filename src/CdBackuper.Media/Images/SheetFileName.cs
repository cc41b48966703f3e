namespace CdBackuper.Media.Images;

/// <summary>
/// Names in a sheet come from strangers, and from other machines: absolute paths, drives, servers, <c>..</c>. Only the
/// last part is of use, and only beside the sheet.
/// </summary>
public static class SheetFileName
{
    /// <param name="name">As it stands in the sheet.</param>
    /// <returns>The name of a file to look for in the sheet's own folder; null where there is none.</returns>
    public static string? BaseNameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (last.Length > 2 && last[1] == ':' && char.IsAsciiLetter(last[0]))
        {
            // "C:disc.bin": the disc.bin of wherever drive C was
            last = last[2..];
        }

        last = last.Trim();
        return last.Length == 0 || last is "." or ".." || last.Contains('\0') ? null : last;
    }
}
