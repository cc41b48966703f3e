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
    private readonly ByteText text;
    private bool hasNameless;

    /// <summary>True where the primary tree, which may bear Rock Ridge, can't be asked.</summary>
    private bool isRockRidgeLost;

    private IsoReader(DiscReader disc, DescriptorSet descriptors, DamageLog damages, long sessionStart, ByteText text)
    {
        this.text = text;
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
        var search = new SessionSearch(disc);
        var starts = search.Find(options);
        var before = new List<Volume>();
        foreach (var start in options.IsFirstSessionOnly ? starts : [.. starts])
        {
            // Tracks of a Video CD are no sessions and can't be read as data: not each may cost a search.
            if (disc.ReadSector(start + DescriptorSet.FirstSector) is null && ++lost > IsoLimits.LostSessions)
            {
                continue;
            }

            // A volume may say less than its length, so that the search met one of its files: an image of a disc. A file that reaches over the place
            // does not say so: its length may be what is damaged.
            if (!options.KnownStarts.Contains(start) && before.Any(volume => VolumeSpace.HasFileAt(volume, start, DescriptorSet.FirstSector * Sector.Size)))
            {
                continue;
            }

            // The numbers on the disc are absolute in every session, but for images that do not keep to that.
            var track = TrackImage.Find(disc, source, start);
            var reader = track is null ? disc : new DiscReader(track);
            var damages = new DamageLog();
            var descriptors = DescriptorSet.Read(reader, track?.SessionStart ?? start, damages);
            if (descriptors.Main is not { } main || (track is null && seen.Exists(main.IsSameTree)))
            {
                continue;
            }

            seen.Add(main);
            if (seen.Count == 1 && track is null && search.Doubtful is [var first, ..])
            {
                damages.Add(DamageIds.StructureUnreadable, first.Start / Sector.Size, "The head of a later session is lost, or a sector where one may lie can't be read.");
                descriptors.Need(search.Doubtful);
            }

            var volume = new IsoReader(reader, descriptors, damages, track?.SessionStart ?? start, new(options.NameEncoding)).ReadVolume(main);
            volume = track?.ShiftBack(volume) ?? volume;
            before.Add(volume);
            yield return volume;
            if (options.IsFirstSessionOnly)
            {
                yield break;
            }
        }
    }

    private Volume ReadVolume(VolumeDescriptor main)
    {
        CheckDescriptors(main);
        var trees = new TreeChoice(disc, descriptors, text, damages).InOrder();
        var (chosen, other) = (trees[0], trees.Count > 1 ? trees[1] : null);
        chosen.Run();
        var structures = new List<ByteRange>(descriptors.Structures);
        var isSure = CheckChoice(chosen, structures);
        if (!main.TryReadCreated(out var created) | !main.TryReadModified(out var modified))
        {
            damages.Add(DamageIds.IsoDateInvalid, main.SectorNumber, "A date of the volume is no date: it was left out.");
        }

        var supplement = chosen.IsIncomplete ? Recover(chosen, other) : FindHidden(main, chosen, trees, structures, modified);
        var boot = descriptors.BootCatalogue is { } place ? new BootCatalogue(disc, place, damages) : null;
        var bootImages = boot?.Read() ?? [];
        structures.AddRange(boot?.Structures ?? []);
        structures.AddRange(chosen.Structures);
        if (chosen.IsIncomplete && other is not null)
        {
            structures.AddRange(other.Structures); // what it still gives may name what is lost
        }

        var entries = new Form2Files(disc, damages).Lay(Decoded(chosen, supplement, structures));
        var texts = new VolumeTexts(descriptors.PrimaryDescriptor, descriptors.JolietDescriptor, text);
        texts.Settle();
        if (chosen.Rule.Text is JolietNames { IsLittleEndian: true })
        {
            damages.Add(DamageIds.JolietNameInvalid, null, "The Joliet names have the bytes of each character the wrong way round.");
        }

        return new()
        {
            Format = FormatOf(chosen),
            Kind = FileSystemKind.Iso9660,
            SessionStart = sessionStart,
            VolumeName = texts.Name,
            Uuid = main.ReadUuid(),
            Creators = texts.Creators,
            Identifiers = texts.Identifiers,
            Created = created,
            Modified = modified,
            LengthBytes = EndOf(main),
            Entries = entries,
            Structures = ByteSet.Of(structures),
            // The primary tree may hold what is hidden from the others, and the only tree found may not be the best one.
            IsIncomplete = chosen.IsIncomplete || descriptors.IsPrimaryLost || descriptors.HasGap || hasNameless || !isSure,
            BootImages = bootImages,
            Damages = damages.ToList(),
        };
    }

    /// <summary>What the chosen tree has, and the supplement: where Rock Ridge's records are lost, or hide files of a disc with compressed ones, it may have such too.</summary>
    private List<FileEntry> Decoded(TreeWalk chosen, IReadOnlyList<FileEntry> supplement, List<ByteRange> structures) =>
        chosen.HasCompressed || (chosen.Rule is RockRidgeRule && chosen.IsIncomplete) ? [.. chosen.Entries, .. UntoldZisofs.Decode(disc, supplement, structures)]
        : chosen.Rule is not RockRidgeRule && (isRockRidgeLost || descriptors.IsPrimaryLost)
            ? UntoldZisofs.Decode(disc, [.. chosen.Entries, .. supplement], structures)
        : [.. chosen.Entries, .. supplement];

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

    /// <summary>
    /// The primary tree's root tells whether it bears Rock Ridge, and whether a later session's descriptor is one. Where it is
    /// lost, a poorer tree may have been chosen; so its sector was needed, whichever was.
    /// </summary>
    /// <returns>False where that root is blank in an image whose maker could not read it.</returns>
    private bool CheckChoice(TreeWalk chosen, List<ByteRange> structures)
    {
        if (descriptors.PrimaryDescriptor is not { IsHighSierra: false, Root: { } root } primary
            || chosen.Descriptor == primary || root.Start >= disc.LengthBytes)
        {
            return true;
        }

        var sector = root.Start / Sector.Size;
        structures.Add(ByteRange.OfSectors(sector, 1));
        var bytes = disc.ReadSector(sector);
        if (bytes is not null && !Sector.IsBlank(bytes))
        {
            return true;
        }

        isRockRidgeLost = true;
        damages.Add(
            bytes is null ? DamageIds.StructureUnreadable : DamageIds.IsoDirectoryInvalid,
            sector,
            $"The root of the primary tree {(bytes is null ? "can't be read" : "is blank")}: whether it bears Rock Ridge is not known.");
        return bytes is null; // it is needed, and missed until it is read
    }

    /// <summary>A session's volume counts its length from the session's start, unlike all its other numbers.</summary>
    private long EndOf(VolumeDescriptor main) => (sessionStart * Sector.Size) + main.LengthBytes;

    private static string FormatOf(TreeWalk tree) => tree.Descriptor.IsHighSierra
        ? "High Sierra"
        : tree.Rule.TreeName.Length == 0 ? "ISO 9660" : $"ISO 9660 ({tree.Rule.TreeName})";

    /// <summary>
    /// What only the other trees name: nothing on a disc may be left because one system does not need it. A tree that names nothing more is
    /// not needed, and where it can't be read that is said and makes no name of the chosen one lost.
    /// </summary>
    private List<FileEntry> FindHidden(
        VolumeDescriptor main, TreeWalk chosen, IReadOnlyList<TreeWalk> trees, List<ByteRange> structures, DateTimeOffset? modified)
    {
        if (trees.Count == 1)
        {
            return [];
        }

        var added = new List<FileEntry>();
        var hidden = new HiddenContent(disc, chosen);
        foreach (var tree in trees.Skip(1))
        {
            if (hidden.IsIn(tree.Descriptor, out var unread))
            {
                tree.Run();
                structures.AddRange(tree.Structures);
                var folder = new BesideFolder(tree.Rule.TreeName.Length == 0 ? "ISO 9660" : tree.Rule.TreeName, modified);
                hidden.Take(tree, folder);
                added.AddRange(folder.Entries);
                damages.Add(DamageIds.TreeHides, null, $"Files that only the {NameOf(tree)} tree names stand in a folder of their own.");
            }
            else if (unread is { } sector)
            {
                damages.Add(
                    DamageIds.OtherTreeUnreadable,
                    sector,
                    $"A directory of the {NameOf(tree)} tree can't be read: names that only it has may be missing.");

                // On most discs both trees have the same names. Content that none of them has is what the unread one knew.
                if (UnnamedContent.IsIn(disc, descriptors, chosen, EndOf(main)))
                {
                    structures.Add(ByteRange.OfSectors(sector, 1));
                    damages.Add(DamageIds.IsoDirectoryInvalid, sector, "The volume holds content that no name is known of.");
                    hasNameless = true;
                }
            }
        }

        return added;
    }

    private static string NameOf(TreeWalk tree) => tree.Rule.TreeName.Length == 0 ? "plain" : tree.Rule.TreeName;

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
            damages.Add(
                DamageIds.TreeSupplemented,
                null,
                $"{added.Count} entries were taken from the {NameOf(other!)} tree, since directories of the chosen one are lost.");
        }

        return added;
    }
}
