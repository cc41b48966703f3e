using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Plain ISO 9660 names (ECMA-119 §7.5, §7.6). In a volume of ISO 9660:1999 a last dot is part of the name.
/// </summary>
internal sealed class PlainRule(string treeName, bool isEnhanced, NameText text, DamageLog damages) : EntryRule(text, damages)
{
    public override string TreeName => treeName;

    public override EntryFacts Read(in DirectoryRecord record, long sector, List<ByteRange> structures) =>
        new(RecordName(record.Name, record.IsDirectory), record.Name.ToArray(), ReadDate(record, sector))
        {
            Kind = KindOf(record),
            Mode = XaAttributes.ModeOf(record),
            FinderInfo = AppleUse.FindFinderInfo(record.SystemUse),
        };

    public override string RecordName(ReadOnlySpan<byte> bytes, bool isDirectory)
    {
        var name = Text.Decode(bytes);
        return isDirectory ? name : isEnhanced ? IsoText.WithoutVersion(name) : IsoText.FileName(name);
    }
}
