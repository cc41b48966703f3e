using System.Text.Json.Serialization;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>listing.json: every name of a disc, what is known of it, and the flaws of the disc's file system.</summary>
/// <param name="VolumeFormat">The file system and the tree that was chosen; null where none was read.</param>
/// <param name="Entries">Every name, each folder before what it holds.</param>
/// <param name="Flaws">What is wrong with the disc's own structures.</param>
/// <param name="UnreadStructureSectors">
/// How many sectors were not read that the file systems need, or in which one must begin that nobody found.
/// </param>
public sealed record Listing(
    string? VolumeFormat, IReadOnlyList<ListedEntry> Entries, IReadOnlyList<Damage> Flaws, long UnreadStructureSectors)
{
    /// <summary>Every file system of the disc, the one whose tree is the disc's first; empty in listings of before there could be several.</summary>
    public IReadOnlyList<ListedVolume> Volumes { get => field ?? []; init; } = [];

    /// <summary>Why the first volume's tree is the disc's; null where there was nothing to choose.</summary>
    public string? Choice { get; init; }

    /// <summary>The listing of a disc of which nothing is known.</summary>
    public static Listing Empty { get; } = new(null, [], [], 0);

    /// <summary>The files among the entries.</summary>
    [JsonIgnore]
    public IEnumerable<ListedEntry> Files => Entries.Where(entry => entry.Kind == EntryKind.File);

    /// <summary>True where names are or may be missing, be it that folders can't be read or that they are broken on the disc itself.</summary>
    public bool LacksNames { get; init; }

    /// <summary>True where files are stored in a coding that is not undone: they are archived as stored, and the image has all that there is.</summary>
    [JsonIgnore]
    public bool HasCodedFiles => Flaws.Any(flaw => flaw.Id is DamageIds.RockRidgeEncoded or DamageIds.HfsCompressionUnknown);

    /// <summary>
    /// True when a volume was read, nothing its file system needs is unread or broken, and every file and stream is perfect and understood.
    /// </summary>
    [JsonIgnore]
    public bool IsWhole => VolumeFormat is not null && UnreadStructureSectors == 0 && !LacksNames && !HasCodedFiles
        && Entries.All(entry => entry.Condition == FileCondition.Perfect || IsOfVolume(entry));

    /// <summary>
    /// True where a track of data holds no file system that this program knows, though its beginning was read; or has film or sound in
    /// sectors of Form 2 that belong to no file; or, without table of contents, something lies behind all file systems.
    /// </summary>
    public bool HasUnknownTrack { get; init; }

    /// <summary>
    /// True where the disc holds content that is not extracted: streams of files, tracks of data without file system, and which channel each
    /// sector belongs to, in files of both forms. The image has it.
    /// </summary>
    [JsonIgnore]
    public bool HasMoreThanFiles => HasUnknownTrack || Entries.Any(
        entry => (entry is { Kind: EntryKind.Stream, Size: > 0 } && !IsOfVolume(entry)) || IsOfBothForms(entry));

    private static bool IsOfBothForms(ListedEntry entry) =>
        entry.Extents is { Count: > 1 } runs && runs.Any(run => run.IsForm2) && runs.Any(run => !run.IsForm2);

    /// <summary>
    /// A stream of the volume and not of a file, such as UDF's list of sectors that can't be used (UDF 1.50 §3.3.7.1.2): nobody's content,
    /// and not to be read.
    /// </summary>
    private static bool IsOfVolume(ListedEntry entry) =>
        entry.Kind == EntryKind.Stream && !entry.Path.Contains('/', StringComparison.Ordinal);

    /// <summary>The files counted by condition.</summary>
    public FileCounts Count()
    {
        int Of(FileCondition condition) => Files.Count(file => file.Condition == condition);
        return new(
            Files.Count(),
            Of(FileCondition.Perfect),
            Of(FileCondition.Damaged),
            Of(FileCondition.Lost),
            Files.Sum(file => file.Size));
    }
}
