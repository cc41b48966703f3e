using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.Joliet;

/// <summary>
/// Joliet names (Joliet specification, "Allowed Character Set" and "Naming"); the records are those of ISO 9660.
/// </summary>
internal sealed class JolietRule(DamageLog damages) : EntryRule(damages)
{
    public override string TreeName => "Joliet";

    public override EntryFacts Read(in DirectoryRecord record, long sector, List<ByteRange> structures)
    {
        var name = DirectoryName(record.Name);
        if (name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Damages.Add(
                DamageIds.JolietNameInvalid,
                sector,
                $"The name {DamageLog.Quote(name)} is no UCS-2 text in all its parts.");
        }

        var shown = record.IsDirectory ? name : IsoText.WithoutVersion(name);
        return new(shown, record.Name.ToArray(), ReadDate(record, sector))
        {
            Kind = KindOf(record),
        };
    }

    public override string DirectoryName(ReadOnlySpan<byte> name) => JolietText.Decode(name);
}
