using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>Records with Rock Ridge entries (RRIP 1.09, 1.10, 1.12) in their system use areas.</summary>
internal sealed class RockRidgeRule(DiscReader disc, int blockSize, SystemUseMark mark, ByteText text, DamageLog damages)
    : EntryRule(text, damages)
{
    private const uint TypeMask = 0xF000;
    private const uint TypeLink = 0xA000;
    internal const uint TypeFile = 0x8000;
    internal const uint TypeDirectory = 0x4000;

    private readonly SuspReader susp = new(disc, blockSize, mark.Extensions, damages);

    /// <summary>Those of the record at hand: a disc may have 100,000.</summary>
    private readonly RockRidgeFields fields = new();

    public override string TreeName => "Rock Ridge";

    public override EntryFacts Read(in DirectoryRecord record, long sector, List<ByteRange> structures)
    {
        fields.Clear();
        var area = record.SystemUse;
        var isWhole = susp.Read(mark.Skip == 0 ? XaAttributes.Skip(area) : area[Math.Min(mark.Skip, area.Length)..], sector, fields, structures);
        var (name, link) = (fields.Name, fields.LinkTarget);
        if (fields.IsNameMissing)
        {
            isWhole = false;
            Damages.Add(DamageIds.SuspEntryInvalid, sector, $"The Rock Ridge name of {DamageLog.Quote(RecordName(record.Name, record.IsDirectory))} is lost: it is listed by its other one.");
        }

        if (link is null && (fields.Mode & TypeMask) == TypeLink)
        {
            Damages.Add(DamageIds.RockRidgeLinkInvalid, sector, $"The symbolic link {DamageLog.Quote(RecordName(record.Name, record.IsDirectory))} has no target{(record.DataLengthBytes > 0 ? " but content: it is listed as a file" : "")}.");
        }

        return new(
            name is null ? RecordName(record.Name, record.IsDirectory) : Text.Decode(name),
            name ?? record.Name.ToArray(),
            fields.Modified ?? ReadDate(record, sector))
        {
            Kind = KindOf(record, fields.Mode, link is not null),
            Created = fields.Created,
            FinderInfo = fields.FinderInfo,
            Mode = fields.Mode ?? XaAttributes.ModeOf(record),
            LinkTarget = link is null ? null : Text.Decode(link),
            RawLink = link,
            Zisofs = fields.Zisofs,
            ChildBlock = fields.ChildBlock,
            IsRelocated = fields.IsRelocated,
            IsCut = !isWhole,
        };
    }

    public override string RecordName(ReadOnlySpan<byte> bytes, bool isDirectory)
    {
        var name = Text.Decode(bytes);
        return isDirectory ? name : IsoText.FileName(name);
    }

    /// <summary>A name from NM entries was taken as it is; one from the record may have lost its version.</summary>
    public override string Rename(string name, ReadOnlySpan<byte> raw, bool isDirectory)
    {
        var isWhole = name == text.DecodeUndecided(raw);
        return isWhole ? Text.Decode(raw) : base.Rename(name, raw, isDirectory);
    }

    private static EntryKind KindOf(in DirectoryRecord record, uint? mode, bool hasLink) => record.IsDirectory
        ? EntryKind.Directory
        : (mode & TypeMask) switch
        {
            _ when hasLink => EntryKind.SymbolicLink,
            TypeLink when record.DataLengthBytes == 0 => EntryKind.SymbolicLink,
            null or 0 or TypeFile or TypeDirectory => EntryKind.File,
            _ when record.DataLengthBytes > 0 => EntryKind.File, // what has content is a file, whatever it is called
            _ => EntryKind.Special,
        };
}
