using System.Collections.Concurrent;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;

namespace CdBackuper.Jobs;

/// <summary>
/// Finds the disc in the drive among those that the archive has, by reading sectors of it again. Every record is read once, many at a
/// time, since each costs round trips to the NAS; where a folder bears the disc's UUID in its name and is its, no other is.
/// </summary>
internal sealed class KnownDiscs(ArchiveRoot archive)
{
    /// <summary>How many discs are compared with the one in the drive; each costs it up to 32 seeks and more.</summary>
    private const int MaxCompared = 8;

    /// <summary>How many records are read at a time.</summary>
    private const int AtOnce = 16;

    public Recognition Find(SeenDisc seen)
    {
        var names = archive.DiscNames();
        var byName = seen.Evidence.Uuid is { } uuid
            ? names.Where(name => name.StartsWith(uuid, StringComparison.OrdinalIgnoreCase)).ToArray()
            : [];
        var named = Compare(seen, Candidates(seen, byName));
        if (named.Folder is not null)
        {
            return named;
        }

        // Those of that name are compared again with the others: what was read of the disc is remembered.
        return Compare(seen, Candidates(seen, names));
    }

    private static Recognition Compare(SeenDisc seen, IEnumerable<Candidate> candidates)
    {
        var same = new List<(Candidate Candidate, IdentityFacts Facts, bool IsHollow)>();
        var (others, doubts) = (new List<(DiscFolder, string)>(), new List<(DiscFolder, string)>());
        var mayBeTold = false;
        long? unsteady = null;
        foreach (var candidate in candidates)
        {
            if (same.Count > 0 && candidate.Likeness < Likeness.Strong)
            {
                break;
            }

            var (facts, isHollow) = new FolderComparison(seen).Compare(candidate.Folder, candidate.Evidence);
            var judgement = SamenessRule.Judge(facts);
            var entry = (candidate.Folder, judgement.Reason);
            if (judgement.Sameness == Sameness.Same || (judgement.Sameness == Sameness.Unsure && facts.Descriptors.Agreeing > 0))
            {
                unsteady ??= facts.UnsteadySector;
            }

            if (judgement.Sameness == Sameness.Same)
            {
                same.Add((candidate, facts, isHollow));
            }
            else if (judgement.Sameness == Sameness.Unsure)
            {
                doubts.Add(entry);
                mayBeTold |= facts.HasUnread;
            }
            else if (facts.SharesUuid)
            {
                others.Add(entry);
            }
        }

        if (same.Count == 0)
        {
            return new(null, HasGrown: false, IsImageHollow: false, [], others, doubts, mayBeTold) { UnsteadySector = unsteady };
        }

        var first = same[0];
        var doubles = same.Skip(1).Select(other => other.Candidate.Folder).ToArray();
        return new(
            first.Candidate.Folder, first.Facts.HasAddedSession, first.IsHollow, doubles, others, doubts, mayBeTold)
        {
            UnsteadySector = unsteady,
            Sources = [.. same.Where(other => other != first && !other.IsHollow && other.Facts is { HasAddedSession: false, RewrittenHead: 0 })
                .Select(other => other.Candidate.Folder)],
        };
    }

    /// <returns>The likeliest first; of those alike the one that was there first.</returns>
    private IReadOnlyList<Candidate> Candidates(SeenDisc seen, IReadOnlyCollection<string> names)
    {
        var found = new ConcurrentBag<Candidate>();
        ReadingThreads.Each(names, AtOnce, name =>
        {
            var folder = archive.Disc(name);
            if ((folder.LoadEvidence() ?? PredecessorFolder.EvidenceOf(folder)) is { } evidence
                && Likeness.Of(seen.Evidence, evidence) is > 0 and var likeness)
            {
                found.Add(new(folder, evidence, likeness));
            }
        });
        return [.. found.OrderByDescending(candidate => candidate.Likeness)
            .ThenBy(candidate => candidate.Folder.Name, StringComparer.Ordinal)
            .Take(MaxCompared)];
    }

    private sealed record Candidate(DiscFolder Folder, DiscEvidence Evidence, int Likeness);
}
