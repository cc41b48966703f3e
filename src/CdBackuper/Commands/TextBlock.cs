using System.Globalization;
using System.Text;

namespace CdBackuper.Commands;

/// <summary>
/// Text on its way out as UTF-8, gathered so that a line costs neither strings of its own nor a write (Console.Out writes every
/// 256 characters). What is left goes out when it is disposed.
/// </summary>
internal sealed class TextBlock(Stream output) : IDisposable
{
    private const int Capacity = 1 << 15;
    private const int NumberRoom = 20;

    private readonly char[] letters = new char[Capacity];
    private readonly byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(Capacity)];
    private readonly Encoder encoder = Encoding.UTF8.GetEncoder();
    private int count;

    public void Append(ReadOnlySpan<char> text)
    {
        while (text.Length > Capacity - count)
        {
            var part = text[..(Capacity - count)];
            part.CopyTo(letters.AsSpan(count));
            count = Capacity;
            Flush();
            text = text[part.Length..];
        }

        text.CopyTo(letters.AsSpan(count));
        count += text.Length;
    }

    /// <summary>
    /// Appends a text that may hold anything, as names on discs do, on one line: line ends become blanks, and what would steer a
    /// terminal U+FFFD, as in <see cref="Answer.Printable(string)"/>.
    /// </summary>
    public void AppendPrintable(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var part = rest[..Math.Min(rest.Length, Capacity)];
            var room = Room(part.Length);
            for (var index = 0; index < part.Length; index++)
            {
                var letter = part[index];
                room[index] = letter is '\n' or '\u2028' or '\u2029' ? ' ' : Answer.Printable(letter);
            }

            count += part.Length;
            rest = rest[part.Length..];
        }
    }

    /// <summary>Appends a number that is not negative, blanks before it to at least <paramref name="width"/> places.</summary>
    public void AppendRight(long number, int width)
    {
        var room = Room(Math.Max(width, NumberRoom));
        Span<char> digits = stackalloc char[NumberRoom];
        _ = number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        var blanks = Math.Max(0, width - length);
        room[..blanks].Fill(' ');
        digits[..length].CopyTo(room[blanks..]);
        count += blanks + length;
    }

    /// <summary>Appends a time as <c>2026-11-25 19:20:00</c>.</summary>
    public void AppendTime(DateTime time)
    {
        time.Deconstruct(out DateOnly day, out TimeOnly clock);
        day.Deconstruct(out var year, out var month, out var date);
        var room = Room(19);
        "0000-00-00 00:00:00".CopyTo(room);
        Digits(room, year / 100);
        Digits(room[2..], year % 100);
        Digits(room[5..], month);
        Digits(room[8..], date);
        Digits(room[11..], clock.Hour);
        Digits(room[14..], clock.Minute);
        Digits(room[17..], clock.Second);
        count += 19;
    }

    public void Dispose() => Flush(isEnd: true);

    private static void Digits(Span<char> room, int number)
    {
        room[0] = (char)('0' + (number / 10));
        room[1] = (char)('0' + (number % 10));
    }

    private Span<char> Room(int needed)
    {
        if (needed > Capacity - count)
        {
            Flush();
        }

        return letters.AsSpan(count);
    }

    private void Flush(bool isEnd = false)
    {
        output.Write(bytes.AsSpan(0, encoder.GetBytes(letters.AsSpan(0, count), bytes, isEnd)));
        count = 0;
    }
}
