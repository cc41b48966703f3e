using System.Diagnostics;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>Whether the reads of a disc, other than ddrescue's, failed or took long. Thread-safe.</summary>
/// <param name="onRead">Is told of each read that came to its end; null for nobody.</param>
internal sealed class ReadTrouble(Action? onRead = null)
{
    /// <summary>A drive in good health needs half a second for the farthest seek; one in trouble retries by itself for some seconds.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    private volatile bool isThere;
    private int reads;

    /// <summary>True once a read of the disc's head failed, or one took long that was not the first: a disc that spins up is not in trouble.</summary>
    public bool IsThere => isThere;

    /// <returns>The same sectors, watched.</returns>
    public ISectorSource Watch(ISectorSource source) => new WatchedSectors(source, this);

    private void Note(bool isFailure, TimeSpan duration)
    {
        onRead?.Invoke();
        var isFirst = Interlocked.Increment(ref reads) == 1;
        isThere |= isFailure || (!isFirst && duration > Slow);
    }

    private sealed class WatchedSectors(ISectorSource source, ReadTrouble trouble) : ISectorSource
    {
        public long SectorCount => source.SectorCount;

        public IForm2Source? Form2 => source.Form2;

        public bool TryRead(long sector, Span<byte> buffer)
        {
            var began = Stopwatch.GetTimestamp();
            var isRead = source.TryRead(sector, buffer);
            // Failures count at the disc's head, which every disc has. Further on, reads look for sessions and anchors that need not be there: the
            // gap between two sessions and the run-out blocks at the end don't read on the best of discs.
            var isAtHead = sector is >= 0 and < DataDomain.HeadSectors && sector + (buffer.Length / Sector.Size) <= SectorCount;
            trouble.Note(!isRead && isAtHead, Stopwatch.GetElapsedTime(began));
            return isRead;
        }
    }
}
