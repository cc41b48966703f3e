using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>A small disc made by genisoimage, whose bytes a test then harms.</summary>
internal static class MadeDisc
{
    public const string LongName =
        "a name so long that its directory record has no room for all of it and goes on in a continuation area, as the system "
        + "use sharing protocol provides for, and this takes more than two hundred letters in all, which this one now has.txt";

    public static ScratchedDisc Make(params string[] options)
    {
        using var source = new TempFolder()
            .With("notes.txt", "notes")
            .With("holiday/Sommer 2003/bild eins.jpg", "picture one")
            .With("holiday/Sommer 2003/zwei.jpg", "picture two")
            .With("holiday/" + LongName, "long")
            .With("holiday/nothing.txt", "");
        return Make(source, options);
    }

    public static ScratchedDisc Make(TempFolder source, params string[] options)
    {
        Tool.Require("genisoimage");
        using var target = new TempFolder();
        Tool.Run("genisoimage", ["-quiet", .. options, "-o", target["disc.iso"], source.Path]);
        return new(File.ReadAllBytes(target["disc.iso"]));
    }

    /// <returns>Where the directory record with this name begins, in bytes.</returns>
    public static int RecordOf(this ScratchedDisc disc, string name, Encoding? encoding = null)
    {
        var bytes = (encoding ?? Encoding.ASCII).GetBytes(name);
        for (var from = 20 * 2048; ;)
        {
            var found = disc.Bytes.AsSpan(from).IndexOf(bytes);
            Assert.True(found >= 0, $"no record is called {name}");
            var record = from + found - 33;
            if (disc.Bytes[record + 32] == bytes.Length && disc.Bytes[record] >= bytes.Length + 33)
            {
                return record;
            }

            from += found + 1;
        }
    }

    /// <returns>The sector that the record with this name points at.</returns>
    public static long SectorOf(this ScratchedDisc disc, string name, Encoding? encoding = null) =>
        BinaryPrimitives.ReadUInt32LittleEndian(disc.Bytes.AsSpan(disc.RecordOf(name, encoding) + 2));

    /// <returns>The sector of the root directory of the descriptor at <paramref name="descriptor"/>.</returns>
    public static long RootOf(this ScratchedDisc disc, int descriptor) =>
        BinaryPrimitives.ReadUInt32LittleEndian(disc.Bytes.AsSpan((descriptor * 2048) + 158));

    public static FileEntry Entry(this IVolume volume, string name) => Assert.Single(volume.Entries, entry =>
        entry.Name == name);

    public static string PathOf(this IVolume volume, string name) =>
        EntryPaths.Assign(volume.Entries)[volume.Entries.ToList().IndexOf(volume.Entry(name))];
}
