using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images.Bare;

/// <summary>Asks the headers of whole sectors which addresses they have on the disc.</summary>
internal sealed class HeaderSurvey(IByteSource file, long offset, int stride)
{
    /// <summary>A disc's shortest track has 300 sectors, so of each part of the file something is seen.</summary>
    private const int Step = 75;

    private const int ShortestTrack = 300;

    /// <summary>Sectors that the file has from the offset on.</summary>
    public long Count { get; } = Math.Max(0, (file.LengthBytes - offset) / stride);

    /// <param name="index">A sector of the file, from 0.</param>
    /// <returns>Its address on the disc less its place in the file, and its mode; null where it has no header.</returns>
    public (long Shift, int Mode)? Ask(long index)
    {
        Span<byte> start = stackalloc byte[RawSector.BodyOffset];
        return file.TryRead(offset + (index * stride), start) && RawSector.TryReadHeader(start, out var address, out var mode)
            ? (address - index, mode)
            : null;
    }

    /// <returns>
    /// The parts of the file with one shift each, in order: data where there is one, else sound. A damaged sector between
    /// two of the same shift parts nothing.
    /// </returns>
    public IReadOnlyList<Part> FindParts()
    {
        var parts = new List<Part>();
        Part? current = null;
        var seen = 0L;
        for (var index = 0L; index < Count; index = NextStop(index))
        {
            var answer = Ask(index);
            if (current is null)
            {
                current = new(0, 0, answer?.Shift, answer?.Mode ?? 0);
            }
            else if (answer?.Shift != current.Shift && IsMeant(index, answer?.Shift))
            {
                var border = FindBorder(seen, index, answer?.Shift);
                parts.Add(current with { End = border });
                current = new(border, 0, answer?.Shift, answer?.Mode ?? 0);
            }
            else if (current.Mode == 0 && answer is { } known)
            {
                current = current with { Mode = known.Mode };
            }

            seen = index;
        }

        if (current is not null)
        {
            parts.Add(current with { End = Count });
        }

        return Join(parts);
    }

    /// <summary>What is shorter than any track and has no headers is damage at the border of its neighbour.</summary>
    private static List<Part> Join(List<Part> parts)
    {
        var joined = new List<Part>(parts.Count);
        for (var index = 0; index < parts.Count; index++)
        {
            var part = parts[index];
            if (part.Shift is null && part.End - part.Begin < ShortestTrack && index + 1 < parts.Count
                && parts[index + 1].Shift is not null && (joined.Count == 0 || joined[^1].Shift is null))
            {
                parts[index + 1] = parts[index + 1] with { Begin = part.Begin };
            }
            else if (joined is [.., { Shift: not null } last]
                && (part.Shift == last.Shift || (part.Shift is null && part.End - part.Begin < ShortestTrack)))
            {
                joined[^1] = last with { End = part.End };
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined;
    }

    private long NextStop(long index) => index == Count - 1 ? Count : Math.Min(index + Step, Count - 1);

    /// <summary>One sector may be damaged; its neighbours then say otherwise.</summary>
    private bool IsMeant(long index, long? shift)
    {
        var (agreeing, asked) = (0, 0);
        for (var neighbour = Math.Max(0, index - 3); neighbour <= Math.Min(Count - 1, index + 3); neighbour++)
        {
            asked++;
            agreeing += Ask(neighbour)?.Shift == shift ? 1 : 0;
        }

        return 2 * agreeing >= asked;
    }

    /// <returns>The first sector between the two from which on the shift is the new one.</returns>
    private long FindBorder(long old, long found, long? shift)
    {
        while (found > old + 1 && Ask(found - 1)?.Shift == shift)
        {
            found--;
        }

        return found;
    }

    /// <param name="Begin">The first sector of the file.</param>
    /// <param name="End">The first sector behind.</param>
    /// <param name="Shift">What is added to a place in the file to get an address; null for sound.</param>
    /// <param name="Mode">Of its sectors; 0 where none told one.</param>
    internal sealed record Part(long Begin, long End, long? Shift, int Mode);
}
