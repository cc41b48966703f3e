using System.Security.Cryptography;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>Takes evidence from a disc or image, and compares a disc with evidence taken before.</summary>
public static class Fingerprint
{
    /// <summary>How many sectors are kept as samples.</summary>
    public const int SampleCount = 64;

    /// <summary>How many of them are read again before a stored map is used.</summary>
    public const int ComparedCount = 32;

    /// <summary>So many sectors must agree, unless fewer are known.</summary>
    private const int EnoughMatches = 4;

    /// <summary>How far a sample moves on to get round blank sectors, which every disc has.</summary>
    private const int BlankSteps = 64;

    /// <returns>The anchors of <paramref name="source"/> that can be read and are not blank.</returns>
    public static IReadOnlyList<SectorProof> TakeAnchors(ISectorSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var proofs = new List<SectorProof>();
        var buffer = new byte[Sector.Size];
        foreach (var sector in DiscEvidence.AnchorSectors)
        {
            if (sector < source.SectorCount && source.TryRead(sector, buffer) && !IsBlank(buffer))
            {
                proofs.Add(Prove(sector, buffer));
            }
        }

        return proofs;
    }

    /// <param name="source">What was read of the disc: an image.</param>
    /// <param name="read">The bytes of it that were really read.</param>
    /// <param name="count">How many samples at the most.</param>
    /// <returns>Non-blank sectors spread evenly over <paramref name="read"/>, in order. The same for the same input.</returns>
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
            var sector = SectorAt(read, total * index / wanted);
            for (var step = 0; step < BlankSteps; step++, sector++)
            {
                if (!proofs.ContainsKey(sector) && read.Contains(ByteRange.OfSectors(sector, 1))
                    && source.TryRead(sector, buffer) && !IsBlank(buffer))
                {
                    proofs.Add(sector, Prove(sector, buffer));
                    break;
                }
            }
        }

        return [.. proofs.Values];
    }

    /// <summary>Reads the known sectors again from <paramref name="disc"/> and judges.</summary>
    /// <param name="disc">The disc in the drive.</param>
    /// <param name="anchors">What the known disc's descriptors held.</param>
    /// <param name="samples">What the known disc held all over it; <see cref="ComparedCount"/> of them are compared.</param>
    public static Sameness Compare(
        ISectorSource disc, IReadOnlyList<SectorProof> anchors, IReadOnlyList<SectorProof> samples)
    {
        ArgumentNullException.ThrowIfNull(disc);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(samples);
        var (agreeing, differing) = Count(disc, anchors);
        if (differing > 0)
        {
            return Sameness.Other;
        }

        var compared = samples.Count <= ComparedCount
            ? samples
            : [.. Enumerable.Range(0, ComparedCount).Select(index => samples[index * samples.Count / ComparedCount])];
        var (matches, contradictions) = Count(disc, compared);
        return contradictions > 0 ? Sameness.Other
            : matches >= Math.Min(EnoughMatches, compared.Count) && matches + agreeing > 0 ? Sameness.Same
            : Sameness.Unsure;
    }

    private static (int Agreeing, int Differing) Count(ISectorSource disc, IEnumerable<SectorProof> proofs)
    {
        var (agreeing, differing) = (0, 0);
        var buffer = new byte[Sector.Size];
        foreach (var proof in proofs)
        {
            if (disc.TryRead(proof.Sector, buffer))
            {
                var agrees = Prove(proof.Sector, buffer) == proof;
                agreeing += agrees ? 1 : 0;
                differing += agrees ? 0 : 1;
            }
        }

        return (agreeing, differing);
    }

    private static long SectorAt(ByteSet read, long index)
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

    private static SectorProof Prove(long sector, ReadOnlySpan<byte> bytes) =>
        new(sector, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept(bytes[0]);
}
