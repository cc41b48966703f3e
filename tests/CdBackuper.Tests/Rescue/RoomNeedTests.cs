using CdBackuper.Media.Sectors;
using CdBackuper.Rescue;

namespace CdBackuper.Tests.Rescue;

public sealed class RoomNeedTests
{
    /// <summary>Sectors: first and one behind the last of what holds data, is of Form 2, is in the image, is kept beside it.</summary>
    [Theory]
    [InlineData(0, 1000, 0, 0, 0, 0, 0, 0, 1000 * 2048)]
    [InlineData(0, 1000, 0, 0, 0, 400, 0, 0, 600 * 2048)]
    [InlineData(0, 1000, 0, 0, 0, 1000, 0, 0, 0)]
    [InlineData(0, 1000, 300, 1000, 0, 0, 0, 0, (300 * 2048) + (700 * 2336))]
    [InlineData(0, 1000, 0, 1000, 0, 0, 0, 0, 1000 * 2336)]
    [InlineData(0, 1000, 300, 1000, 0, 300, 300, 500, 500 * 2336)]
    [InlineData(0, 1000, 300, 1000, 0, 300, 300, 1000, 0)]
    [InlineData(500, 1000, 0, 600, 0, 0, 0, 0, (400 * 2048) + (100 * 2336))] // a gap takes none, whatever it looks like
    public void What_is_missing_takes_2048_bytes_a_sector_in_the_image_and_2336_beside_it(
        int first, int end, int form2, int form2End, int image, int imageEnd, int beside, int besideEnd, long bytes)
    {
        static ByteSet sectors(int first, int end) => first < end ? ByteSet.Of(ByteRange.OfSectors(first, end - first)) : ByteSet.Empty;
        Assert.Equal(bytes, RoomNeed.Of(sectors(first, end), sectors(form2, form2End), sectors(image, imageEnd), sectors(beside, besideEnd)));
    }
}
