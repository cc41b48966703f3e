using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>Compares the disc in the drive with one that the archive knows, by reading sectors of it again.</summary>
/// <param name="probe">The disc in the drive.</param>
/// <param name="seen">What was seen of it.</param>
public sealed class DiscComparison(DiscProbe probe, DiscEvidence seen)
{
    /// <summary>The samples that may be read in place of others that can't be.</summary>
    private const int MaxTried = Fingerprint.SampleCount;

    /// <summary>So many sectors beside samples may fail before none is asked for any more: each costs seconds.</summary>
    private const int MaxBadNeighbours = 4;

    private int badNeighbours;
    private long? lie;

    /// <param name="known">The record of the known disc.</param>
    /// <param name="samples">
    /// Sectors from all over it. <see cref="Fingerprint.ComparedCount"/> of them are compared, the first and the last among them, and others in place
    /// of those that can't be read.
    /// </param>
    /// <param name="ofHurtFiles">
    /// Sectors of those files that this disc would complete: of two discs alike but for one file it must not be that one. All are compared.
    /// </param>
    /// <param name="earlier">What else is kept of it; null for nothing.</param>
    /// <returns>The facts, as far as sectors and records tell them.</returns>
    public IdentityFacts Compare(
        DiscEvidence known,
        IReadOnlyList<SectorProof> samples,
        IReadOnlyList<SectorProof>? ofHurtFiles = null,
        IEarlierReading? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(samples);
        lie = null;
        var hasGrown = seen.HasGrownFrom(known);
        var anchors = known.SteadyAnchors.Where(TellingSector.IsTelling).ToArray();
        var head = hasGrown ? anchors.Where(anchor => anchor.Sector < DiscEvidence.HeadSectors).ToArray() : [];
        var headTally = Tally(head);
        var rest = Tally(hasGrown ? anchors.Where(anchor => anchor.Sector >= DiscEvidence.HeadSectors) : anchors);
        var facts = new IdentityFacts
        {
            SharesUuid = seen.Uuid is not null && seen.Uuid == known.Uuid,
            Descriptors = rest + TallyRoots(known) + headTally with { Differing = 0 },
            RewrittenHead = headTally.Differing,
            HasAddedSession = hasGrown,
            TracksAgree = seen.HasTracksOf(known),
        };

        // What is written anew when a session is added is no sample.
        var steady = hasGrown ? [.. samples.Where(sample => sample.Sector >= DiscEvidence.HeadSectors)] : samples;
        if (facts.Descriptors.Differing > 0)
        {
            return facts;
        }

        var tally = TallySamples(InOrderOfUse(steady).Take(MaxTried), Fingerprint.ComparedCount, earlier);
        tally += tally.Differing > 0 ? default : TallySamples(ofHurtFiles ?? [], int.MaxValue, earlier);
        return facts with { Samples = tally, UnsteadySector = lie };
    }

    /// <summary>A contradiction decides, so nothing is read after it.</summary>
    private SectorTally TallySamples(IEnumerable<SectorProof> samples, int enough, IEarlierReading? earlier)
    {
        var tally = default(SectorTally);
        foreach (var sample in samples)
        {
            tally += Tally([sample], earlier);
            tally += tally.Differing == 0 && earlier is not null && AreNeighboursOther(sample, earlier) ? new(0, 1, 0) : default;
            if (tally.Differing > 0 || tally.Compared >= enough)
            {
                break;
            }
        }

        return tally;
    }

    /// <summary>They contradict, and prove nothing: what lies beside a sample is no other place of the disc.</summary>
    private bool AreNeighboursOther(SectorProof sample, IEarlierReading earlier)
    {
        foreach (var neighbour in badNeighbours < MaxBadNeighbours ? earlier.Neighbours(sample) : [])
        {
            var tally = Tally([neighbour], earlier);
            if (tally.Compared == 0)
            {
                badNeighbours++;
                return false;
            }

            if (tally.Differing > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Half of them from end to end, then the others.</returns>
    private static IEnumerable<SectorProof> InOrderOfUse(IReadOnlyList<SectorProof> samples)
    {
        var first = new SortedSet<int>();
        var count = Math.Min(Fingerprint.ComparedCount, samples.Count);
        for (var index = 0; index < count; index++)
        {
            first.Add(count == 1 ? 0 : (int)((long)index * (samples.Count - 1) / (count - 1)));
        }

        return first.Concat(Enumerable.Range(0, samples.Count).Where(index => !first.Contains(index))).Select(index => samples[index]);
    }

    private SectorTally TallyRoots(DiscEvidence known)
    {
        var tally = default(SectorTally);
        foreach (var session in known.Sessions)
        {
            // The head's own entry is one of the newest session, which may have come since.
            if (session is { RootSha256: not null, RootSector: { } sector } && sector + session.RootSectors <= probe.SectorCount)
            {
                var hash = SessionSurvey.Hash(probe, sector, session.RootSectors);
                tally += hash is null ? new(0, 0, 1)
                    : hash == session.RootSha256 ? new(1, 0, 0)
                    : IsSteady(sector, session.RootSectors) ? new(0, 1, 0) : new(0, 0, 1);
            }
        }

        return tally;
    }

    private SectorTally Tally(IEnumerable<SectorProof> proofs, IEarlierReading? earlier = null)
    {
        var (agreeing, differing, unreadable, behindEnd) = (0, 0, 0, 0);
        var buffer = new byte[Sector.Size];
        foreach (var proof in proofs)
        {
            if (!probe.TryRead(proof.Sector, buffer))
            {
                unreadable++;
                behindEnd += proof.Sector >= probe.SectorCount ? 1 : 0;
            }
            else if (Fingerprint.Prove(proof.Sector, buffer) == proof || earlier?.IsArchived(proof.Sector, buffer) == true)
            {
                agreeing++;
            }
            else if (IsSteady(proof.Sector, buffer))
            {
                differing++;
            }
            else
            {
                unreadable++;
            }
        }

        return new(agreeing, differing, unreadable, behindEnd);
    }

    private bool IsSteady(long start, int count)
    {
        var first = new byte[Sector.Size];
        return Enumerable.Range(0, count).All(index => probe.TryRead(start + index, first) && IsSteady(start + index, first));
    }

    /// <returns>False where the sector reads differently the second time: then the drive is at fault, and nothing is proven.</returns>
    private bool IsSteady(long sector, byte[] first)
    {
        var second = new byte[Sector.Size];
        if (!probe.TryReadAgain(sector, second))
        {
            return false;
        }

        var isSteady = second.AsSpan().SequenceEqual(first);
        lie = isSteady ? lie : lie ?? sector;
        return isSteady;
    }
}
