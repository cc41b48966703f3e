using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.Joliet;

/// <summary>
/// Joliet names (Joliet specification, "Allowed Character Set" and "Naming"); the records are those of ISO 9660. Names are
/// taken as they are, also those that are longer than the 64 characters it allows, or end with dots.
/// </summary>
internal sealed class JolietRule(JolietNames names, DamageLog damages) : EntryRule(names, damages)
{
    public override string TreeName => "Joliet";

    public override EntryFacts Read(in DirectoryRecord record, long sector, List<ByteRange> structures)
    {
        var name = RecordName(record.Name, record.IsDirectory);
        if (record.Name.Length % 2 != 0 || name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Damages.Add(
                DamageIds.JolietNameInvalid,
                sector,
                $"The name {DamageLog.Quote(name)} is no UCS-2 text in all its parts.");
        }

        return new(name, record.Name.ToArray(), ReadDate(record, sector))
        {
            Kind = KindOf(record),
            Mode = XaAttributes.ModeOf(record),
            FinderInfo = AppleUse.FindFinderInfo(record.SystemUse),
        };
    }

    public override string RecordName(ReadOnlySpan<byte> bytes, bool isDirectory)
    {
        // Some writers fill names up with NULs.
        var name = Text.Decode(bytes).TrimEnd('\0');
        return isDirectory ? name : IsoText.WithoutVersion(name).TrimEnd('\0');
    }
}
