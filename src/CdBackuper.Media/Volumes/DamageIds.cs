namespace CdBackuper.Media.Volumes;

/// <summary>The stable identifiers of flaws. Programs rely on them: add, never rename.</summary>
public static class DamageIds
{
    /// <summary>A sector of the file system's own structures can't be read.</summary>
    public const string StructureUnreadable = "structure.unreadable";

    /// <summary>A file was not extracted, since the files together claim many times the length of the disc.</summary>
    public const string ExtractionLimit = "extraction.limit";

    /// <summary>The volume says that it is longer than the image or disc.</summary>
    public const string VolumeTruncated = "volume.truncated";

    /// <summary>A file's content lies, in part or in whole, past the end of the disc.</summary>
    public const string ExtentPastEnd = "extent.past-end";

    /// <summary>
    /// A limit that no real disc meets was reached, and something was left out: the detail says what.
    /// </summary>
    public const string LimitReached = "limit.reached";

    /// <summary>
    /// Entries were taken from another tree of the volume, since directories of the chosen one are lost.
    /// </summary>
    public const string TreeSupplemented = "tree.supplemented";

    /// <summary>A volume descriptor holds what the standard does not allow; a default was used.</summary>
    public const string IsoDescriptorInvalid = "iso.descriptor.invalid";

    /// <summary>
    /// The two halves of a number that is recorded twice differ; the first was used (ECMA-119 §7.2.3, §7.3.3).
    /// </summary>
    public const string IsoHalvesDiffer = "iso.halves-differ";

    /// <summary>A directory lies, in part or in whole, past the end of the disc.</summary>
    public const string IsoDirectoryPastEnd = "iso.directory.past-end";

    /// <summary>What should be a directory is none.</summary>
    public const string IsoDirectoryInvalid = "iso.directory.invalid";

    /// <summary>
    /// A directory is named twice, perhaps by its own child: the second name is listed without content.
    /// </summary>
    public const string IsoDirectoryRepeated = "iso.directory.repeated";

    /// <summary>A directory was not found by its parent but by the path table (ECMA-119 §9.4).</summary>
    public const string IsoDirectoryFromPathTable = "iso.directory.from-path-table";

    /// <summary>A directory record can't be understood; the rest of its sector was skipped.</summary>
    public const string IsoRecordInvalid = "iso.record.invalid";

    /// <summary>A date is no date; the entry is listed without it.</summary>
    public const string IsoDateInvalid = "iso.date.invalid";

    /// <summary>
    /// A file of several sections lacks one or more, since their directory records are lost (ECMA-119 §6.5.1).
    /// </summary>
    public const string IsoSectionMissing = "iso.section.missing";

    /// <summary>The image holds a single track of a disc, and was read as if it lay where the disc had it.</summary>
    public const string IsoTrackOffset = "iso.track-offset";

    /// <summary>The boot catalogue (El Torito) breaks its own rules; what it names is listed all the same.</summary>
    public const string IsoBootCatalogueInvalid = "iso.boot-catalogue.invalid";

    /// <summary>
    /// A file has sectors of Form 2 (CD-ROM XA, as on Video CDs), of whose 2,324 bytes only 2,048 are read: its content is
    /// not that of the disc.
    /// </summary>
    public const string IsoXaForm2 = "iso.xa.form2";

    /// <summary>A file stands for a track of sound (CD-ROM XA): what lies there is no data.</summary>
    public const string IsoXaAudio = "iso.xa.audio";

    /// <summary>A Joliet name is no UCS-2 text; what can't be decoded was replaced.</summary>
    public const string JolietNameInvalid = "joliet.name.invalid";

    /// <summary>A system use entry has an impossible length; the rest of its area was skipped (SUSP §4.1).</summary>
    public const string SuspEntryInvalid = "susp.entry.invalid";

    /// <summary>A continuation area can't be used: past the end, endless or unreadable (SUSP §5.1).</summary>
    public const string SuspContinuationInvalid = "susp.continuation.invalid";

    /// <summary>A symbolic link's target is malformed; what could be read of it is listed (RRIP §4.1.3).</summary>
    public const string RockRidgeLinkInvalid = "rockridge.link.invalid";

    /// <summary>A relocated directory is not where its placeholder says (RRIP §4.1.5).</summary>
    public const string RockRidgeRelocationInvalid = "rockridge.relocation.invalid";

    /// <summary>
    /// A file is stored in an encoding (zisofs, sparse) that can't be undone: its content is listed as stored.
    /// </summary>
    public const string RockRidgeEncoded = "rockridge.encoded";
}
