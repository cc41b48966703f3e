namespace CdBackuper.Media.Volumes.Udf;

/// <summary>The CRC of descriptors: x^16 + x^12 + x^5 + 1, from 0 on, the high bit first (ECMA-167 3/7.2.6).</summary>
internal static class Crc
{
    private const ushort Polynomial = 0x1021;

    private static readonly ushort[] Table = MakeTable();

    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0;
        foreach (var value in bytes)
        {
            crc = (ushort)(Table[(crc >> 8) ^ value] ^ (crc << 8));
        }

        return crc;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var value = 0; value < table.Length; value++)
        {
            var crc = value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }

            table[value] = (ushort)crc;
        }

        return table;
    }
}
