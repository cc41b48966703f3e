using System.Security.Cryptography;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>Takes evidence from a disc or image.</summary>
public static class Fingerprint
{
    /// <summary>How many sectors are kept as samples.</summary>
    public const int SampleCount = 64;

    /// <summary>How many of them are read again before a stored map is used.</summary>
    public const int ComparedCount = 32;

    /// <summary>A sample and the sectors behind it that are compared with it: what a drive reads at once.</summary>
    private const int Neighbourhood = 16;

    /// <summary>How far a sample moves on to get round blank sectors, which every disc has.</summary>
    private const int BlankSteps = 64;

    /// <summary>A volume's descriptors are at most so many on any disc that was ever seen.</summary>
    private const int DescriptorSectors = 16;

    /// <param name="source">The disc or image.</param>
    /// <param name="sessions">Its sessions, whose descriptors are read too.</param>
    /// <param name="others">More sectors that may hold descriptors.</param>
    /// <returns>The anchors of <paramref name="source"/> that can be read and tell something, in order.</returns>
    public static IReadOnlyList<SectorProof> TakeAnchors(
        ISectorSource source, IReadOnlyList<SessionProof> sessions, params IEnumerable<long> others)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(others);
        var buffer = new byte[Sector.Size];
        var proofs = new SortedDictionary<long, SectorProof>();
        void Take(long sector)
        {
            if (sector < source.SectorCount && source.TryRead(sector, buffer) && TellingSector.IsTelling(buffer))
            {
                proofs[sector] = Prove(sector, buffer);
            }
        }

        foreach (var sector in DiscEvidence.AnchorSectors.Concat(others))
        {
            Take(sector);
        }

        foreach (var start in sessions.Select(session => session.Start).Where(start => start > 0))
        {
            for (var index = 0; index < DescriptorSectors && !IsTerminator(source, start + 16 + index, buffer); index++)
            {
                Take(start + 16 + index);
            }
        }

        return [.. proofs.Values];
    }

    /// <param name="source">What was read of the disc: an image.</param>
    /// <param name="read">The bytes of it that were really read.</param>
    /// <param name="count">How many samples at the most.</param>
    /// <returns>
    /// Telling sectors spread evenly over <paramref name="read"/>, the last one among them, in order. The same for the same input.
    /// </returns>
    public static IReadOnlyList<SectorProof> TakeSamples(ISectorSource source, ByteSet read, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(read);
        var proofs = new SortedDictionary<long, SectorProof>();
        var buffer = new byte[Sector.Size];
        var total = read.TotalLength / Sector.Size;
        var wanted = (int)Math.Min(count, total);
        for (var index = 0; index < wanted; index++)
        {
            // Discs of one series may differ at their end alone: the last sample is the last sector that tells something.
            var isLast = index == wanted - 1 && wanted > 1;
            var sector = SectorAt(read, isLast ? total - 1 : total * index / wanted);
            for (var step = 0; step < BlankSteps && sector >= 0; step++, sector += isLast ? -1 : 1)
            {
                if (!proofs.ContainsKey(sector) && read.Contains(ByteRange.OfSectors(sector, 1))
                    && source.TryRead(sector, buffer) && TellingSector.IsTelling(buffer))
                {
                    proofs.Add(sector, Prove(sector, buffer));
                    break;
                }
            }
        }

        return [.. proofs.Values];
    }

    /// <param name="source">What was read of the disc: an image.</param>
    /// <param name="read">The bytes of it that were really read.</param>
    /// <param name="sample">One of the samples.</param>
    /// <returns>The telling sectors right behind it, in order, taken as they are asked for.</returns>
    public static IEnumerable<SectorProof> TakeNeighbours(ISectorSource source, ByteSet read, SectorProof sample)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(read);
        var buffer = new byte[Sector.Size];
        return Enumerable.Range(1, Neighbourhood - 1)
            .Select(distance => sample.Sector + distance)
            .Where(sector => read.Contains(ByteRange.OfSectors(sector, 1)) && source.TryRead(sector, buffer) && TellingSector.IsTelling(buffer))
            .Select(sector => Prove(sector, buffer));
    }

    /// <returns>Those of <see cref="SampleCount"/> sectors spread over a disc of so many bytes that were not read, in order.</returns>
    public static IReadOnlyList<long> UnreadableSamples(ByteSet read, long lengthBytes)
    {
        ArgumentNullException.ThrowIfNull(read);
        var sectors = lengthBytes / Sector.Size;
        var count = Math.Min(SampleCount, sectors);
        return [.. Enumerable.Range(0, (int)count)
            .Select(index => sectors * index / count)
            .Where(sector => !read.Contains(ByteRange.OfSectors(sector, 1)))];
    }

    /// <returns>True where a sector of <paramref name="source"/> holds something else than the evidence says.</returns>
    public static bool Contradicts(ISectorSource source, DiscEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(evidence);
        var buffer = new byte[Sector.Size];
        return evidence.SteadyAnchors.Concat(evidence.Samples)
            .Any(proof => source.TryRead(proof.Sector, buffer) && Prove(proof.Sector, buffer) != proof);
    }

    /// <summary>What a sector holds, as evidence.</summary>
    public static SectorProof Prove(long sector, ReadOnlySpan<byte> bytes) =>
        new(sector, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <returns>The sector that is the <paramref name="index"/>th of those that were read.</returns>
    public static long SectorAt(ByteSet read, long index)
    {
        foreach (var run in read)
        {
            var sectors = run.Length / Sector.Size;
            if (index < sectors)
            {
                return (run.Start + Sector.Size - 1) / Sector.Size + index;
            }

            index -= sectors;
        }

        return read.End / Sector.Size;
    }

    private static bool IsTerminator(ISectorSource source, long sector, byte[] buffer) =>
        !source.TryRead(sector, buffer) || (buffer[0] == 255 && buffer.AsSpan(1, 5).SequenceEqual("CD001"u8));
}
