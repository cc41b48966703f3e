using System.Globalization;
using System.Text;

namespace CdBackuper.Notices.Pictures;

/// <summary>A picture in memory, three bytes a pixel: red, green, blue.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">Row after row.</param>
internal sealed record RgbPicture(int Width, int Height, byte[] Bytes)
{
    public RgbPicture(int width, int height)
        : this(width, height, new byte[3 * width * height])
    {
    }

    /// <param name="file">A file in the form that djpeg writes: <c>P6</c>, width, height, 255, each on its own, then the pixels (ppm(5)).</param>
    /// <param name="maxPixels">How many it may have.</param>
    /// <returns>Null for anything else.</returns>
    public static RgbPicture? TryParse(byte[] file, int maxPixels)
    {
        var words = new List<string>();
        var at = 0;
        while (words.Count < 4 && at < Math.Min(file.Length, 64))
        {
            var end = at;
            while (end < file.Length && file[end] > ' ')
            {
                end++;
            }

            words.Add(Encoding.ASCII.GetString(file, at, end - at));
            at = end + 1;
        }

        return words is ["P6", var wide, var high, "255"]
            && int.TryParse(wide, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            && width > 0 && height > 0 && (long)width * height <= maxPixels && file.Length - at == 3 * width * height
            ? new(width, height, file[at..]) : null;
    }

    /// <returns>The same as a file that cjpeg reads.</returns>
    public byte[] ToFile() => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{Width} {Height}\n255\n")), .. Bytes];

    /// <summary>Draws another picture into a part of this one, as large as it fits there, in its middle.</summary>
    public void Draw(RgbPicture other, int left, int top, int width, int height)
    {
        var scale = Math.Min(1.0, Math.Min((double)width / other.Width, (double)height / other.Height));
        var (wide, high) = (Math.Max(1, (int)(other.Width * scale)), Math.Max(1, (int)(other.Height * scale)));
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                var pixel = 3 * (((top + ((height - high) / 2) + y) * Width) + left + ((width - wide) / 2) + x);
                other.Mean(Part(x, wide, other.Width), Part(y, high, other.Height), Bytes.AsSpan(pixel, 3));
            }
        }
    }

    /// <returns>The picture as it was seen, where its pixels lie as the camera was held.</returns>
    /// <param name="orientation">1 to 8 (<see cref="ExifOrientation"/>): 1 as it lies, 2 to 4 mirrored and turned by half, 5 to 8 on its side.</param>
    public RgbPicture Turned(int orientation)
    {
        if (orientation == ExifOrientation.Upright)
        {
            return this;
        }

        var (isOnSide, fromRight, fromBottom) = (orientation >= 5, orientation is 2 or 3 or 7 or 8, orientation is 3 or 4 or 6 or 7);
        var turned = isOnSide ? new RgbPicture(Height, Width) : new(Width, Height);
        for (var y = 0; y < turned.Height; y++)
        {
            for (var x = 0; x < turned.Width; x++)
            {
                var (column, row) = isOnSide ? (y, x) : (x, y);
                (column, row) = (fromRight ? Width - 1 - column : column, fromBottom ? Height - 1 - row : row);
                Bytes.AsSpan(3 * ((row * Width) + column), 3).CopyTo(turned.Bytes.AsSpan(3 * ((y * turned.Width) + x)));
            }
        }

        return turned;
    }

    private static (int From, int To) Part(int index, int count, int all)
    {
        var from = (int)((long)index * all / count);
        return (from, Math.Max(from + 1, (int)((index + 1L) * all / count)));
    }

    private void Mean((int From, int To) columns, (int From, int To) rows, Span<byte> pixel)
    {
        var (red, green, blue) = (0L, 0L, 0L);
        for (var y = rows.From; y < rows.To; y++)
        {
            for (var x = columns.From; x < columns.To; x++)
            {
                var at = 3 * ((y * Width) + x);
                (red, green, blue) = (red + Bytes[at], green + Bytes[at + 1], blue + Bytes[at + 2]);
            }
        }

        var count = (columns.To - columns.From) * (rows.To - rows.From);
        (pixel[0], pixel[1], pixel[2]) = ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }
}
