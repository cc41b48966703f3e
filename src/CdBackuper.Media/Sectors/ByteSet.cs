using System.Collections;

namespace CdBackuper.Media.Sectors;

/// <summary>
/// A set of bytes as sorted, disjoint, non-touching, non-empty runs. Immutable. Set operations take time linear in the
/// number of runs of both sides, of <see cref="Intersect"/> only of those before the end of both; <see cref="Within"/> takes a binary search and what it returns.
/// </summary>
public sealed class ByteSet : IReadOnlyList<ByteRange>, IEquatable<ByteSet>
{
    private readonly ByteRange[] ranges;

    private ByteSet(ByteRange[] ranges) => this.ranges = ranges;

    /// <summary>The set without bytes.</summary>
    public static ByteSet Empty { get; } = new([]);

    /// <summary>How many runs.</summary>
    public int Count => ranges.Length;

    /// <summary>How many bytes all runs have together.</summary>
    public long TotalLength => ranges.Sum(range => range.Length);

    /// <summary>How many sectors have bytes of the set, in part or in whole; each counts once.</summary>
    public long SectorCount
    {
        get
        {
            var (count, next) = (0L, 0L);
            foreach (var range in ranges)
            {
                var first = Math.Max(next, range.Start / Sector.Size);
                next = Sector.Count(range.End);
                count += Math.Max(0, next - first);
            }

            return count;
        }
    }

    /// <summary>True where the set has no bytes.</summary>
    public bool IsEmpty => ranges.Length == 0;

    /// <summary>The first byte behind the last run; 0 for the empty set.</summary>
    public long End => ranges.Length == 0 ? 0 : ranges[^1].End;

    /// <inheritdoc/>
    public ByteRange this[int index] => ranges[index];

    /// <returns>The set of all bytes of the given runs, which may overlap, touch, be empty and come in any order.</returns>
    public static ByteSet Of(params IEnumerable<ByteRange> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var sorted = runs.Where(run => run.Length > 0).ToArray();
        if (!IsInOrder(sorted))
        {
            Array.Sort(sorted, static (left, right) => left.Start.CompareTo(right.Start));
        }

        // In place: a disc of many folders has as many runs.
        var count = 0;
        foreach (var run in sorted)
        {
            if (count > 0 && run.Start <= sorted[count - 1].End)
            {
                var last = sorted[count - 1];
                sorted[count - 1] = new(last.Start, Math.Max(last.End, run.End) - last.Start);
            }
            else
            {
                sorted[count++] = run;
            }
        }

        Array.Resize(ref sorted, count);
        return count == 0 ? Empty : new(sorted);
    }

    /// <returns>The runs without empty ones; those that follow on the one before are one with it: most files of a disc do.</returns>
    private static IEnumerable<ByteRange> Joined(IEnumerable<ByteRange> runs)
    {
        ByteRange last = default;
        foreach (var run in runs)
        {
            if (run.Length > 0 && last.Length > 0 && run.Start == last.End)
            {
                last = new(last.Start, run.End - last.Start);
            }
            else if (run.Length > 0)
            {
                if (last.Length > 0)
                {
                    yield return last;
                }

                last = run;
            }
        }

        if (last.Length > 0)
        {
            yield return last;
        }
    }

    /// <returns>The bytes in this set or in the other.</returns>
    public ByteSet Union(ByteSet other) => Of(this.Concat(other));

    /// <returns>The bytes in both sets.</returns>
    public ByteSet Intersect(ByteSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var common = new List<ByteRange>();
        var from = IsEmpty || other.IsEmpty ? 0 : Math.Max(ranges[0].Start, other.ranges[0].Start);
        for (int mine = FirstEndingAfter(from), theirs = other.FirstEndingAfter(from); mine < ranges.Length && theirs < other.ranges.Length;)
        {
            var both = ranges[mine].Intersect(other.ranges[theirs]);
            if (both.Length > 0)
            {
                common.Add(both);
            }

            if (ranges[mine].End <= other.ranges[theirs].End)
            {
                mine++;
            }
            else
            {
                theirs++;
            }
        }

        return common.Count == 0 ? Empty : new([.. common]);
    }

    /// <returns>The bytes of this set that are not in the other.</returns>
    public ByteSet Except(ByteSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsEmpty || other.IsEmpty ? this : Intersect(other.ComplementUpTo(End));
    }

    /// <returns>True when every byte of <paramref name="range"/> is in the set; an empty run always is.</returns>
    public bool Contains(ByteRange range)
    {
        var index = FirstEndingAfter(range.Start);
        return range.Length == 0
            || (index < ranges.Length && ranges[index].Start <= range.Start && ranges[index].End >= range.End);
    }

    /// <returns>The parts of the set inside <paramref name="range"/>, in order.</returns>
    public IEnumerable<ByteRange> Within(ByteRange range)
    {
        for (var index = FirstEndingAfter(range.Start); index < ranges.Length && ranges[index].Start < range.End; index++)
        {
            var part = ranges[index].Intersect(range);
            if (part.Length > 0)
            {
                yield return part;
            }
        }
    }

    /// <returns>The parts of <paramref name="range"/> that are not in the set, in order.</returns>
    public IEnumerable<ByteRange> Missing(ByteRange range)
    {
        var next = range.Start;
        foreach (var part in Within(range))
        {
            if (part.Start > next)
            {
                yield return new(next, part.Start - next);
            }

            next = part.End;
        }

        if (next < range.End)
        {
            yield return new(next, range.End - next);
        }
    }

    /// <inheritdoc/>
    public bool Equals(ByteSet? other) => other is not null && ranges.AsSpan().SequenceEqual(other.ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ByteSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ranges.Length, TotalLength, End);

    /// <inheritdoc/>
    public IEnumerator<ByteRange> GetEnumerator() => ((IEnumerable<ByteRange>)ranges).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Most are in order already: those of a disc's directories, and of other sets.</summary>
    private static bool IsInOrder(ReadOnlySpan<ByteRange> runs)
    {
        for (var index = 1; index < runs.Length; index++)
        {
            if (runs[index].Start < runs[index - 1].Start)
            {
                return false;
            }
        }

        return true;
    }

    private ByteSet ComplementUpTo(long end) => Of(Missing(new(0, end)));

    private int FirstEndingAfter(long position)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (ranges[middle].End > position)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
