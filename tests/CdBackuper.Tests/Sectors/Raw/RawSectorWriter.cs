namespace CdBackuper.Tests.Sectors.Raw;

/// <summary>
/// Makes raw sectors straight from the definitions of ECMA-130: long division by the polynomial for EDC, the two equations of
/// a vector for ECC, no table. Shares nothing with the program.
/// </summary>
internal static class RawSectorWriter
{
    public const int Size = 2352;

    /// <param name="user">2048 bytes.</param>
    /// <param name="address">Absolute on the disc.</param>
    public static byte[] Mode1(ReadOnlySpan<byte> user, long address)
    {
        var sector = Head(address, 1);
        user.CopyTo(sector.AsSpan(16));
        WriteSum(sector, 0, 2064);
        WriteParity(sector);
        return sector;
    }

    /// <inheritdoc cref="Mode1"/>
    public static byte[] Form1(ReadOnlySpan<byte> user, long address, byte subMode = 0x08)
    {
        var sector = Head(address, 2);
        sector[18] = sector[22] = subMode;
        user.CopyTo(sector.AsSpan(24));
        WriteSum(sector, 16, 2072);
        var header = sector[12..16];
        sector.AsSpan(12, 4).Clear();
        WriteParity(sector);
        header.CopyTo(sector, 12);
        return sector;
    }

    /// <param name="user">2324 bytes.</param>
    /// <param name="address">Absolute on the disc.</param>
    /// <param name="hasSum">False for a sum that is left out.</param>
    public static byte[] Form2(ReadOnlySpan<byte> user, long address, bool hasSum = true)
    {
        var sector = Head(address, 2);
        sector[18] = sector[22] = 0x24;
        user.CopyTo(sector.AsSpan(24));
        if (hasSum)
        {
            WriteSum(sector, 16, 2348);
        }

        return sector;
    }

    /// <returns>A sector of Mode 0: no user bytes.</returns>
    public static byte[] Mode0(long address) => Head(address, 0);

    private static byte[] Head(long address, byte mode)
    {
        var sector = new byte[Size];
        sector.AsSpan(1, 10).Fill(255);
        var frames = address + 150;
        sector[12] = Bcd(frames / 75 / 60);
        sector[13] = Bcd(frames / 75 % 60);
        sector[14] = Bcd(frames % 75);
        sector[15] = mode;
        return sector;
    }

    private static byte Bcd(long value) => (byte)((value / 10 * 16) + (value % 10));

    private static void WriteSum(byte[] sector, int from, int to)
    {
        var polynomial = Product(0b1_1000_0000_0000_0101, 0b1_0000_0000_0000_0111);
        ulong rest = 0;
        for (var bit = from * 8; bit < (to + 4) * 8; bit++)
        {
            // behind the bytes come 32 zeros, in whose place the rest goes
            var next = bit < to * 8 ? (uint)(sector[bit / 8] >> (bit % 8)) & 1 : 0;
            rest = (rest << 1) | next;
            rest ^= (rest >> 32) == 1 ? polynomial : 0;
        }

        for (var bit = 0; bit < 32; bit++)
        {
            sector[to + (bit / 8)] |= (byte)(((rest >> (31 - bit)) & 1) << (bit % 8));
        }
    }

    private static ulong Product(ulong left, ulong right)
    {
        ulong product = 0;
        for (var bit = 0; bit < 20; bit++)
        {
            product ^= ((right >> bit) & 1) * (left << bit);
        }

        return product;
    }

    private static void WriteParity(byte[] sector)
    {
        for (var plane = 0; plane < 2; plane++)
        {
            for (var column = 0; column < 43; column++)
            {
                Solve(sector, [.. Enumerable.Range(0, 26).Select(row => At((43 * row) + column, plane))]);
            }

            for (var diagonal = 0; diagonal < 26; diagonal++)
            {
                var places = Enumerable.Range(0, 43).Select(place => At(((44 * place) + (43 * diagonal)) % 1118, plane));
                Solve(sector, [.. places, At((43 * 26) + diagonal, plane), At((44 * 26) + diagonal, plane)]);
            }
        }
    }

    private static int At(int word, int plane) => 12 + (2 * word) + plane;

    /// <summary>The last two bytes: all together add up to 0, and weighted with the powers of 2 too.</summary>
    private static void Solve(byte[] sector, int[] places)
    {
        int sum = 0, weighted = 0;
        for (var index = 0; index < places.Length - 2; index++)
        {
            sum ^= sector[places[index]];
            weighted ^= Times(sector[places[index]], Power(places.Length - 1 - index));
        }

        // p + q = sum, 2 p + q = weighted, so 3 p = sum + weighted
        var first = Enumerable.Range(0, 256).Single(value => Times(value, 3) == (sum ^ weighted));
        sector[places[^2]] = (byte)first;
        sector[places[^1]] = (byte)(sum ^ first);
    }

    private static int Power(int exponent) => exponent == 0 ? 1 : Times(2, Power(exponent - 1));

    private static int Times(int left, int right)
    {
        var product = 0;
        for (; right > 0; right >>= 1)
        {
            product ^= (right & 1) * left;
            left <<= 1;
            left ^= left > 255 ? 0x11D : 0;
        }

        return product;
    }
}
