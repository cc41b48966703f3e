using System.Buffers.Binary;
using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Tests.Volumes;

/// <summary>
/// A plain ISO 9660 disc of any number of folders with any number of files each (ECMA-119 §8.4, §9.1), whose sectors are made
/// when they are asked for.
/// </summary>
/// <param name="folders">Folders; each lies in the root, or in the one before it.</param>
/// <param name="files">Files of one sector in the root and in each folder.</param>
/// <param name="isChain">True for folders in folders.</param>
internal sealed class ManyNamesDisc(int folders, int files, bool isChain = false) : ISectorSource
{
    private const int FirstDirectory = 20;
    private const int RecordBytes = 46;
    private const int RecordsPerSector = Sector.Size / RecordBytes;

    private readonly int rootSectors = SectorsOf(2 + files + (isChain ? Math.Min(folders, 1) : folders));
    private readonly int folderSectors = SectorsOf(3 + files);

    public long SectorCount => FirstFile + ((long)(folders + 1) * files);

    /// <summary>Sectors of all directories together.</summary>
    public long DirectorySectors => rootSectors + ((long)folders * folderSectors);

    private long FirstFile => FirstDirectory + DirectorySectors;

    public bool TryRead(long sector, Span<byte> buffer)
    {
        if (sector < 0 || sector + (buffer.Length / Sector.Size) > SectorCount)
        {
            return false;
        }

        buffer.Clear();
        for (; buffer.Length > 0; sector++, buffer = buffer[Sector.Size..])
        {
            Write(sector, buffer[..Sector.Size]);
        }

        return true;
    }

    private static int SectorsOf(int records) => (records + RecordsPerSector - 1) / RecordsPerSector;

    private void Write(long sector, Span<byte> bytes)
    {
        if (sector is 16 or 17)
        {
            bytes[0] = sector == 16 ? (byte)1 : (byte)255;
            "CD001\u0001"u8.CopyTo(bytes[1..]);
            WriteBoth(bytes[80..], SectorCount);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[128..], Sector.Size);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[130..], Sector.Size);
            WriteRecord(bytes[156..], "\0", FirstDirectory, rootSectors, isDirectory: true);
            bytes[156] = 34;
        }
        else if (sector >= FirstDirectory && sector < FirstFile)
        {
            var inFolders = sector - FirstDirectory - rootSectors;
            var folder = inFolders < 0 ? 0 : (int)(inFolders / folderSectors) + 1;
            var first = (int)(sector - StartOf(folder)) * RecordsPerSector;
            for (var slot = 0; slot < RecordsPerSector; slot++)
            {
                WriteEntry(bytes[(slot * RecordBytes)..], folder, first + slot);
            }
        }
    }

    private long StartOf(int folder) => FirstDirectory + (folder == 0 ? 0 : rootSectors + ((long)(folder - 1) * folderSectors));

    private void WriteEntry(Span<byte> bytes, int folder, int index)
    {
        var below = isChain ? (folder < folders ? 1 : 0) : folder == 0 ? folders : 0;
        if (index < 2)
        {
            var target = index == 0 ? folder : isChain && folder > 0 ? folder - 1 : 0;
            WriteRecord(bytes, index == 0 ? "\0" : "\u0001", StartOf(target), target == 0 ? rootSectors : folderSectors, isDirectory: true);
        }
        else if (index < 2 + below)
        {
            var child = isChain ? folder + 1 : index - 1;
            WriteRecord(bytes, $"D{child:D7}", StartOf(child), folderSectors, isDirectory: true);
        }
        else if (index < 2 + below + files)
        {
            var file = index - 2 - below;
            WriteRecord(bytes, $"F{file:D7}.X;1", FirstFile + ((long)folder * files) + file, 1, isDirectory: false);
        }
    }

    private static void WriteRecord(Span<byte> bytes, string name, long sector, long sectors, bool isDirectory)
    {
        bytes[0] = RecordBytes;
        WriteBoth(bytes[2..], sector);
        WriteBoth(bytes[10..], sectors * Sector.Size);
        bytes[18] = 100;
        bytes[19] = bytes[20] = 1;
        bytes[25] = isDirectory ? (byte)2 : (byte)0;
        bytes[28] = bytes[31] = 1;
        bytes[32] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name, bytes[33..]);
    }

    private static void WriteBoth(Span<byte> bytes, long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], (uint)value);
    }
}
