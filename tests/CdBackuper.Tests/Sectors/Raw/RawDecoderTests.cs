using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Tests.Sectors.Raw;

public sealed class RawDecoderTests
{
    private const long Address = 4711;
    private static readonly byte[] User = RandomBytes(2048, seed: 1);

    public static TheoryData<int> Places { get; } = new(0, 5, 11, 12, 15, 16, 17, 500, 2063, 2064, 2067, 2068, 2075, 2076, 2247, 2248, 2351);

    [Fact]
    public void Good_sectors_give_their_user_bytes()
    {
        Assert.Equal(SectorState.Good, Decode(RawSectorWriter.Mode1(User, Address), User));
        Assert.Equal(SectorState.Good, Decode(RawSectorWriter.Form1(User, Address), User));
        Assert.Equal(SectorState.Good, Decode(RawSectorWriter.Mode1(new byte[2048], 0), new byte[2048]));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void One_wrong_byte_is_put_right_wherever_it_is(int place)
    {
        var sector = RawSectorWriter.Mode1(User, Address);
        sector[place] ^= 0x5A;
        // parity is looked at only when the check sum is wrong, and the sum covers neither it nor the reserved bytes
        Assert.Equal(place is > 2067 ? SectorState.Good : SectorState.Corrected, Decode(sector, User, mode: 1));

        sector = RawSectorWriter.Form1(User, Address);
        sector[place] ^= 0x5A;
        var isUncovered = place is >= 12 and < 16 or > 2075;
        Assert.Equal(isUncovered ? SectorState.Good : SectorState.Corrected, Decode(sector, User, mode: 2));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(86)]
    public void A_scratch_of_some_bytes_is_put_right(int length)
    {
        for (var start = 16; start + length < 2064; start += 333)
        {
            var sector = RawSectorWriter.Mode1(User, Address);
            sector.AsSpan(start, length).Clear();
            Assert.Equal(SectorState.Corrected, Decode(sector, User));
        }
    }

    [Fact]
    public void Two_columns_without_a_right_byte_are_put_right()
    {
        var sector = RawSectorWriter.Mode1(User, Address);
        var random = new Random(7);
        for (var row = 0; row < 26; row++)
        {
            sector[12 + (86 * row) + 20] ^= (byte)random.Next(1, 256);
            sector[12 + (86 * row) + 50] ^= (byte)random.Next(1, 256);
        }

        Assert.Equal(SectorState.Corrected, Decode(sector, User));
    }

    [Fact]
    public void Damage_of_any_size_never_gives_other_bytes_than_were_written()
    {
        var random = new Random(20261125);
        var counts = new Dictionary<SectorState, int>();
        for (var round = 0; round < 600; round++)
        {
            var isMode1 = round % 2 == 0;
            var sector = isMode1 ? RawSectorWriter.Mode1(User, Address) : RawSectorWriter.Form1(User, Address);
            for (var errors = random.Next(1, 2 + round); errors > 0; errors--)
            {
                sector[random.Next(sector.Length)] = (byte)random.Next(256);
            }

            var state = Decode(sector, User, mode: isMode1 ? 1 : 2);
            counts[state] = counts.GetValueOrDefault(state) + 1;
        }

        // neither all put right nor none: else the test would show nothing
        Assert.InRange(counts[SectorState.Corrected], 50, 550);
        Assert.InRange(counts.GetValueOrDefault(SectorState.Bad) + counts.GetValueOrDefault(SectorState.NotData), 50, 550);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Form_2_is_never_taken_for_2048_bytes(bool hasSum) =>
        Assert.Equal(SectorState.Form2, Decode(RawSectorWriter.Form2(RandomBytes(2324, 3), Address, hasSum)));

    [Fact]
    public void A_form_2_sector_with_a_wrong_sum_is_bad()
    {
        var sector = RawSectorWriter.Form2(RandomBytes(2324, 3), Address);
        sector[1000] ^= 1;
        Assert.Equal(SectorState.Bad, Decode(sector));
    }

    [Fact]
    public void What_programs_fill_in_for_sectors_they_could_not_read_is_not_taken()
    {
        Assert.Equal(SectorState.NotData, Decode(new byte[2352], mode: 1));
        Assert.Equal(SectorState.NotData, Decode(new byte[2352], mode: 2));
        var filled = RawSectorWriter.Mode1(User, Address);
        filled.AsSpan(16).Clear();
        Assert.Equal(SectorState.Bad, Decode(filled, mode: 1));
        filled.AsSpan(16).Fill(0x55);
        Assert.Equal(SectorState.Bad, Decode(filled, mode: 1));
    }

    [Fact]
    public void A_sector_of_mode_0_is_empty() => Assert.Equal(SectorState.Empty, Decode(RawSectorWriter.Mode0(Address)));

    [Fact]
    public void A_sector_whose_sum_and_parity_are_zeros_is_unchecked()
    {
        var sector = RawSectorWriter.Mode1(User, Address);
        sector.AsSpan(2064).Clear();
        Assert.Equal(SectorState.Unchecked, Decode(sector, User));
    }

    [Fact]
    public void A_sector_without_sync_and_header_is_still_checked()
    {
        var user = new byte[2048];
        var body = RawSectorWriter.Form1(User, Address).AsSpan(16).ToArray();
        Assert.Equal(SectorState.Good, RawDecoder.DecodeBody(body, user));
        Assert.Equal(User, user);
        body[700] ^= 8;
        Assert.Equal(SectorState.Corrected, RawDecoder.DecodeBody(body, user));
        Assert.Equal(User, user);
        Assert.Equal(SectorState.Form2, RawDecoder.DecodeBody(RawSectorWriter.Form2(RandomBytes(2324, 3), 1).AsSpan(16), user));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(-150, 1)]
    [InlineData(449_849, 0)]
    public void A_header_tells_address_and_mode(long address, int mode)
    {
        var sector = mode == 0 ? RawSectorWriter.Mode0(address)
            : mode == 1 ? RawSectorWriter.Mode1(User, address) : RawSectorWriter.Form1(User, address);
        Assert.True(RawSector.TryReadHeader(sector, out var read, out var readMode));
        Assert.Equal((address, mode), (read, readMode));
        Assert.False(RawSector.IsScrambled(sector));
    }

    [Fact]
    public void A_scrambled_sector_is_known_by_its_header()
    {
        var sector = RawSectorWriter.Mode1(User, Address);
        byte[] register = [0x01, 0x80, 0x00, 0x60];
        for (var index = 0; index < 4; index++)
        {
            sector[12 + index] ^= register[index];
        }

        Assert.True(RawSector.IsScrambled(sector));
    }

    /// <summary>Decodes; what is called right must be what was written.</summary>
    private static SectorState Decode(byte[] sector, byte[]? expected = null, int mode = 0)
    {
        var (user, before) = (new byte[Sector.Size], sector.ToArray());
        var state = RawDecoder.Decode(sector, mode, user);
        Assert.Equal(before, sector);
        if (state is SectorState.Good or SectorState.Corrected or SectorState.Unchecked)
        {
            Assert.NotNull(expected);
            Assert.True(expected.AsSpan().SequenceEqual(user), $"{state}, and the bytes are others");
        }

        return state;
    }

    private static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
