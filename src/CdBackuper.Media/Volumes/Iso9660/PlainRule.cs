using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Plain ISO 9660 names (ECMA-119 §7.5, §7.6). In a volume of ISO 9660:1999 a last dot is part of the name.
/// </summary>
internal sealed class PlainRule(DamageLog damages, bool isEnhanced) : EntryRule(damages)
{
    public override string TreeName => "";

    public override EntryFacts Read(in DirectoryRecord record, long sector, List<ByteRange> structures) =>
        new(Name(record, isEnhanced), record.Name.ToArray(), ReadDate(record, sector)) { Kind = KindOf(record) };

    public override string DirectoryName(ReadOnlySpan<byte> name) => IsoText.Decode(name);

    internal static string Name(in DirectoryRecord record, bool isEnhanced)
    {
        var name = IsoText.Decode(record.Name);
        return record.IsDirectory ? name : isEnhanced ? IsoText.WithoutVersion(name) : IsoText.FileName(name);
    }
}
