using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace CdBackuper.Tests.Notices;

/// <summary>True JPEG files, made by libjpeg-turbo's cjpeg, and what cameras and attackers do to them.</summary>
internal static class MadeJpeg
{
    /// <summary>Four quarters: red and green above, blue and white below. No two ways up look alike.</summary>
    public static byte[] Quarters(int width, int height, params IEnumerable<string> options)
    {
        var pixels = new List<byte>(Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"));
        for (var index = 0; index < width * height; index++)
        {
            var (isLeft, isTop) = (index % width < width / 2, index / width < height / 2);
            pixels.AddRange((isLeft, isTop) switch
            {
                (true, true) => [255, 0, 0],
                (false, true) => [0, 255, 0],
                (true, false) => [0, 0, 255],
                _ => (byte[])[255, 255, 255],
            });
        }

        var start = new ProcessStartInfo("cjpeg", options) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var jpeg = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(jpeg);
        process.StandardInput.BaseStream.Write(pixels.ToArray());
        process.StandardInput.Close();
        reading.Wait();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return jpeg.ToArray();
    }

    /// <summary>With the notes of a camera that was held so: an APP1 segment with one directory (Exif 2.32, §4.5.4), and a place.</summary>
    public static byte[] Held(byte[] jpeg, int orientation, bool isLittle)
    {
        byte[] tiff = isLittle
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return WithNotes(jpeg, [.. "Exif\0\0"u8, .. tiff, .. "SECRET PLACE"u8]);
    }

    /// <summary>With an APP1 segment behind the start, as cameras write where a picture was taken.</summary>
    public static byte[] WithNotes(byte[] jpeg, byte[] notes) =>
        [.. jpeg[..2], 0xFF, 0xE1, (byte)((notes.Length + 2) >> 8), (byte)(notes.Length + 2), .. notes, .. jpeg[2..]];

    /// <summary>Claims another size than it has (ITU-T T.81, §B.2.2): what believes it makes room for gigabytes.</summary>
    public static byte[] Claiming(byte[] jpeg, ushort width, ushort height)
    {
        var frame = Math.Max(jpeg.AsSpan().IndexOf((byte[])[0xFF, 0xC0]), jpeg.AsSpan().IndexOf((byte[])[0xFF, 0xC2]));
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), width);
        return jpeg;
    }
}
