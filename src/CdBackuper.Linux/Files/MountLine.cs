using System.Globalization;
using System.Text;
using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Files;

/// <summary>One line of /proc/self/mountinfo (proc_pid_mountinfo(5)).</summary>
/// <param name="Device">major:minor of the file system.</param>
/// <param name="MountPoint">Where it is mounted, unescaped.</param>
/// <param name="Options">Options of the mount and of the file system, with commas.</param>
internal sealed record MountLine(string Device, string MountPoint, string Options)
{
    private const string Source = "/proc/self/mountinfo";

    /// <returns>All mounts this process sees, in the order of mounting.</returns>
    internal static IEnumerable<MountLine> ReadAll() => File.ReadLines(Source).Select(TryParse).OfType<MountLine>();

    /// <returns>The mount that holds <paramref name="path"/>; null where the path does not exist.</returns>
    internal static MountLine? Holding(string path)
    {
        if (RealPath.Find(path) is not { } real)
        {
            return null;
        }

        // the longest mount point on the way to it; of several mounted over one another the last
        return ReadAll()
            .Where(mount => mount.MountPoint == "/" || real == mount.MountPoint
                || real.StartsWith(mount.MountPoint + "/", StringComparison.Ordinal))
            .Aggregate((MountLine?)null, (best, next) => next.MountPoint.Length >= (best?.MountPoint.Length ?? 0) ? next : best);
    }

    /// <returns>Null for a line that is none.</returns>
    internal static MountLine? TryParse(string line)
    {
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-");
        return separator >= 6 && fields.Length > separator + 2
            ? new(fields[2], Unescape(fields[4]), $"{fields[5]},{fields[^1]}")
            : null;
    }

    /// <summary>Space, tab, newline and backslash stand there as \040, \011, \012 and \134.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 3 < text.Length && text.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                var code = ((text[index + 1] - '0') * 64) + ((text[index + 2] - '0') * 8) + (text[index + 3] - '0');
                plain.Append(((char)code).ToString(CultureInfo.InvariantCulture));
                index += 3;
            }
            else
            {
                plain.Append(text[index]);
            }
        }

        return plain.ToString();
    }
}
