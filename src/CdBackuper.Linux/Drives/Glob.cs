using System.Text.RegularExpressions;

namespace CdBackuper.Linux.Drives;

/// <summary>Paths with <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[a-z]</c> and <c>[!abc]</c> in any part, as a shell has them.</summary>
internal static class Glob
{
    private static readonly char[] Wildcards = ['*', '?', '['];

    /// <returns>
    /// The full paths that exist, in no order. Hidden names are matched only by a pattern that begins with a dot.
    /// Folders that cannot be read match nothing.
    /// </returns>
    internal static IEnumerable<string> Expand(string pattern)
    {
        IEnumerable<string> paths = ["/"];
        foreach (var part in Path.GetFullPath(pattern).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            paths = part.IndexOfAny(Wildcards) < 0
                ? paths.Select(path => Path.Combine(path, part)).Where(Path.Exists)
                : paths.SelectMany(path => Matches(path, part));
        }

        return paths;
    }

    private static IEnumerable<string> Matches(string folder, string part)
    {
        var regex = new Regex(ToRegex(part), RegexOptions.NonBacktracking | RegexOptions.Singleline);
        return Names(folder)
            .Where(name => regex.IsMatch(name) && (name[0] != '.' || part[0] == '.'))
            .Select(name => Path.Combine(folder, name));
    }

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Not a folder, gone meanwhile, or not ours to read: as in a shell, nothing there matches.
            return [];
        }
    }

    private static string ToRegex(string part)
    {
        var regex = new System.Text.StringBuilder(@"\A");
        for (var index = 0; index < part.Length; index++)
        {
            var close = part[index] == '[' && index + 2 < part.Length ? part.IndexOf(']', index + 2) : -1;
            if (close > 0)
            {
                regex.Append(ToClass(part[(index + 1)..close]));
                index = close;
            }
            else
            {
                regex.Append(part[index] switch
                {
                    '*' => ".*",
                    '?' => ".",
                    var other => Regex.Escape(other.ToString()),
                });
            }
        }

        return regex.Append(@"\z").ToString();
    }

    private static string ToClass(string members)
    {
        var isInverted = members[0] is '!' or '^';
        var plain = (isInverted ? members[1..] : members)
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal)
            .Replace("]", @"\]", StringComparison.Ordinal)
            .Replace("^", @"\^", StringComparison.Ordinal);
        return $"[{(isInverted ? "^" : "")}{plain}]";
    }
}
