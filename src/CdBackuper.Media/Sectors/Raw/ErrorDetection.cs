using System.Buffers.Binary;

namespace CdBackuper.Media.Sectors.Raw;

/// <summary>
/// EDC: a CRC of 32 bits over (x^16 + x^15 + x^2 + 1)(x^16 + x^2 + x + 1), least significant bit first (ECMA-130 §14.3).
/// </summary>
internal static class ErrorDetection
{
    /// <summary>The polynomial 0x8001801B with its bits in reverse.</summary>
    private const uint Polynomial = 0xD8018001;

    /// <summary>Table n is a byte followed by n bytes of zeros: eight bytes are taken at a time.</summary>
    private static readonly uint[][] Tables = MakeTables();

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
        }

        foreach (var value in bytes)
        {
            sum = (sum >> 8) ^ Tables[0][(sum ^ value) & 0xFF];
        }

        return sum;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var zeros = 0; zeros < 8; zeros++)
        {
            tables[zeros] = new uint[256];
            for (var value = 0u; value < 256; value++)
            {
                var sum = zeros == 0 ? value : tables[zeros - 1][value];
                for (var bit = 0; bit < 8; bit++)
                {
                    sum = (sum >> 1) ^ ((sum & 1) * Polynomial);
                }

                tables[zeros][value] = sum;
            }
        }

        return tables;
    }
}
