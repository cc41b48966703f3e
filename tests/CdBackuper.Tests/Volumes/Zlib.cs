using System.IO.Compression;

namespace CdBackuper.Tests.Volumes;

internal static class Zlib
{
    public static byte[] Encode(byte[] bytes)
    {
        using var stored = new MemoryStream();
        using (var stream = new ZLibStream(stored, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return stored.ToArray();
    }
}
