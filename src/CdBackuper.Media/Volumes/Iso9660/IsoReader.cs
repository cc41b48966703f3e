using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Joliet;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Reads an ISO 9660 volume: its descriptors, the richest of its trees, and what the others know of what is lost.
/// </summary>
internal sealed class IsoReader
{
    private readonly DiscReader disc;
    private readonly DescriptorSet descriptors;
    private readonly DamageLog damages;
    private readonly long sessionStart;

    private IsoReader(DiscReader disc, DescriptorSet descriptors, DamageLog damages, long sessionStart)
    {
        this.disc = disc;
        this.sessionStart = sessionStart;
        this.descriptors = descriptors;
        this.damages = damages;
    }

    /// <returns>The volume of each session, the first one first; of sessions that name one tree the first only.</returns>
    public static IEnumerable<IVolume> FindAll(ISectorSource source, ReadingOptions options)
    {
        var disc = new DiscReader(source);
        var seen = new List<VolumeDescriptor>();
        var lost = 0;
        foreach (var start in new SessionSearch(disc).Find(options))
        {
            // Tracks of a Video CD are no sessions and can't be read as data: not each may cost a search.
            lost += disc.ReadSector(start + DescriptorSet.FirstSector) is null ? 1 : 0;
            if (lost > IsoLimits.LostSessions)
            {
                continue;
            }

            // The numbers on the disc are absolute in every session.
            var damages = new DamageLog();
            var descriptors = DescriptorSet.Read(disc, start, damages);
            var main = descriptors.PrimaryDescriptor ?? descriptors.JolietDescriptor;
            if (main is null || seen.Exists(main.IsSameTree))
            {
                continue;
            }

            seen.Add(main);
            yield return new IsoReader(disc, descriptors, damages, start).ReadVolume(main);
            if (options.IsFirstSessionOnly)
            {
                yield break;
            }
        }
    }

    private Volume ReadVolume(VolumeDescriptor main)
    {
        CheckDescriptors(main);
        var (chosen, other) = ChooseTrees();
        chosen.Run();
        var structures = new List<ByteRange>(descriptors.Structures);
        var supplement = chosen.IsIncomplete ? Recover(chosen, other) : [];
        structures.AddRange(chosen.Structures);
        if (supplement.Count > 0)
        {
            structures.AddRange(other!.Structures);
        }

        if (!IsoDate.TryReadDescriptor(main.CreationBytes, out var created))
        {
            damages.Add(
                DamageIds.IsoDateInvalid,
                main.SectorNumber,
                "The volume's creation date is no date: it was left out.");
        }

        return new()
        {
            Format = chosen.Rule.TreeName.Length == 0 ? "ISO 9660" : $"ISO 9660 ({chosen.Rule.TreeName})",
            Kind = FileSystemKind.Iso9660,
            SessionStart = sessionStart,
            VolumeName = MergeNames(descriptors.JolietDescriptor?.Name, descriptors.PrimaryDescriptor?.Name),
            Uuid = VolumeUuid.Of(main),
            Creators = main.Creators,
            Created = created,
            LengthBytes = EndOf(main),
            Entries = [.. chosen.Entries, .. supplement],
            Structures = ByteSet.Of(structures),
            IsIncomplete = chosen.IsIncomplete,
            Damages = damages.ToList(),
        };
    }

    private void CheckDescriptors(VolumeDescriptor main)
    {
        descriptors.PrimaryDescriptor?.Check(damages);
        descriptors.JolietDescriptor?.Check(damages);
        if (EndOf(main) > disc.LengthBytes)
        {
            damages.Add(
                DamageIds.VolumeTruncated,
                main.SectorNumber,
                $"The volume says that it has {EndOf(main)} bytes, the disc or image has {disc.LengthBytes}.");
        }
    }

    /// <summary>A session's volume counts its length from the session's start, unlike all its other numbers.</summary>
    private long EndOf(VolumeDescriptor main) => (sessionStart * Sector.Size) + main.LengthBytes;

    /// <summary>
    /// Rock Ridge, else Joliet, else plain; and the tree to fall back on: Joliet's, else the primary one.
    /// </summary>
    private (TreeWalk Chosen, TreeWalk? Other) ChooseTrees()
    {
        var joliet = descriptors.JolietDescriptor is { } second ? Walk(second, new JolietRule(damages)) : null;
        if (descriptors.PrimaryDescriptor is not { } primary)
        {
            return (joliet!, null);
        }

        if (RockRidgeProbe.Find(disc, primary) is { } skip)
        {
            return (Walk(primary, new RockRidgeRule(disc, primary.BlockSize, skip, damages)), joliet);
        }

        var plain = Walk(primary, new PlainRule(damages, descriptors.HasEnhanced));
        var isPlainBetter = joliet is null || (joliet.Descriptor.Root is null && primary.Root is not null);
        return isPlainBetter ? (plain, joliet) : (joliet!, plain);
    }

    private TreeWalk Walk(VolumeDescriptor descriptor, EntryRule rule) => new(disc, descriptor, rule, damages);

    /// <summary>
    /// Looks for what the lost directories held: in the other tree, which has all names; and where that has lost
    /// directories too, by the path tables, which at least lead to the directories below.
    /// </summary>
    private IReadOnlyList<FileEntry> Recover(TreeWalk chosen, TreeWalk? other)
    {
        other?.Run();
        if (other is null || other.IsIncomplete)
        {
            LostDirectories.Find(disc, chosen, damages);
            if (other is not null)
            {
                LostDirectories.Find(disc, other, damages);
            }
        }

        IReadOnlyList<FileEntry> added = other is null ? [] : TreeSupplement.Find(chosen, other);
        if (added.Count > 0)
        {
            var tree = other!.Rule.TreeName.Length == 0 ? "plain" : other.Rule.TreeName;
            damages.Add(
                DamageIds.TreeSupplemented,
                null,
                $"{added.Count} entries were taken from the {tree} tree, since directories of the chosen one are lost.");
        }

        return added;
    }

    /// <summary>
    /// Joliet has room for 16 characters (Joliet specification, "Volume Identifier"); the primary descriptor for 32,
    /// but of few kinds. Where the primary's begins alike and goes on, its rest completes Joliet's; '_' stands for what
    /// it can't say.
    /// </summary>
    private static string? MergeNames(string? joliet, string? primary)
    {
        if (joliet is null || primary is null || primary.Length <= joliet.Length)
        {
            return joliet ?? primary;
        }

        var isAlike = joliet.Zip(primary).All(pair => pair.First == pair.Second || pair.Second == '_');
        return isAlike ? joliet + primary[joliet.Length..] : joliet;
    }
}
