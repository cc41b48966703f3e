namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>File entries and extended file entries (ECMA-167 4/14.9, 4/14.17).</summary>
internal static class UdfFileEntries
{
    public static byte[] Make(
        UdfNode node, byte[] allocation, long length, long icb, int? form = null, (long Block, UdfSpace Space)? streams = null)
    {
        var fixedLength = node.IsExtended ? 216 : 176;
        var isChain = node.Earlier is not null;
        var fields = new UdfFields(fixedLength + node.Attributes.Length + allocation.Length)
            .Word(20, isChain ? 4096 : 4).Word(22, isChain ? 1 : 0).Word(24, isChain ? 2 : 1)
            .Byte(27, node.FileType).Word(34, (form ?? node.Form) | node.Flags | 0x20)
            .Long(36, 1000).Long(40, 100).Long(44, node.Permissions).Word(48, node.LinkCount).Quad(56, length);
        fields = node.IsExtended
            ? fields.Quad(64, length).Stamp(80, UdfFields.Time).Stamp(92, UdfFields.Time).Stamp(104, UdfFields.Time.AddYears(-1))
                .Stamp(116, UdfFields.Time).Long(128, 1).Entity(168, "*Tests").Quad(200, icb).Long(212, allocation.Length)
            : fields.Stamp(72, UdfFields.Time).Stamp(84, UdfFields.Time).Stamp(96, UdfFields.Time).Long(108, 1)
                .Entity(128, "*Tests").Quad(160, icb).Long(172, allocation.Length);
        if (streams is { } own)
        {
            fields.LongAd(152, own.Space.BlockSize, own.Block, own.Space.EntryPartition);
        }

        return fields.Long(fixedLength - 8, node.Attributes.Length)
            .Put(fixedLength, node.Attributes).Put(fixedLength + node.Attributes.Length, allocation)
            .Seal(node.IsExtended ? 266 : 261, icb).Bytes;
    }
}
