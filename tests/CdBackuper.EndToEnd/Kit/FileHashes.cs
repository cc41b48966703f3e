namespace CdBackuper.EndToEnd.Kit;

/// <summary>Hashes by the tool that the archive's readers will use.</summary>
internal static class FileHashes
{
    /// <returns>sha256 by path relative to the folder, in order; empty where the folder is missing.</returns>
    public static SortedDictionary<string, string> Below(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            var lines = Tool.Script("cd \"$1\" && find . -type f -print0 | xargs -0 -r sha256sum -z", folder);
            foreach (var line in lines.Fields('\0').Select(line => line.Trim('\n')).Where(line => line.Length > 0))
            {
                hashes[line[(64 + "  ./".Length)..]] = line[..64];
            }
        }

        return hashes;
    }

    public static string Of(string file) => Tool.Output("sha256sum", file)[..64];
}
