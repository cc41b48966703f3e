using System.Globalization;
using System.Text;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>A call that changed something below a folder, as tripwire wrote it down.</summary>
/// <param name="Number">Its place among all calls, from 1.</param>
/// <param name="Kind">write, truncate, open, rename, link, mkdir, unlink, rmdir, times, fsync, syncfs …</param>
/// <param name="One">Of a write the offset, of a truncation the length, of an open whether it truncates, of times the seconds.</param>
/// <param name="Two">Of times the nanoseconds.</param>
/// <param name="Path">Below the folder; empty for the folder itself.</param>
/// <param name="Second">The second path of a rename or link.</param>
/// <param name="Bytes">What a write wrote.</param>
internal sealed record DiskCall(int Number, string Kind, long One, long Two, string Path, string Second, ReadOnlyMemory<byte> Bytes)
{
    public static IReadOnlyList<DiskCall> ReadAll(string log)
    {
        var text = File.ReadAllBytes(log);
        var calls = new List<DiskCall>();
        for (var position = 0; position < text.Length;)
        {
            var fields = new string[6];
            for (var index = 0; index < fields.Length; index++)
            {
                var length = text.AsSpan(position).IndexOf((byte)0);
                fields[index] = Encoding.UTF8.GetString(text, position, length);
                position += length + 1;
            }

            var (one, two) = (long.Parse(fields[2], CultureInfo.InvariantCulture), long.Parse(fields[3], CultureInfo.InvariantCulture));
            var bytes = fields[1] == "write" ? text.AsMemory(position, (int)two) : default;
            position += bytes.Length;
            calls.Add(new(int.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], one, two, fields[4].Trim('/'), fields[5].Trim('/'), bytes));
        }

        return calls;
    }
}
