using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Verdicts;
using CdBackuper.Media.Volumes;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Tests.Archive.Store;

/// <summary>
/// The attempts on one disc, one after the other, by the real shelving code on the real file system, each checked byte by byte against
/// the disc: what was right stays right, perfect files are not touched, and a recorded verdict is the truth.
/// </summary>
internal sealed class DiscLife : IDisposable
{
    private readonly CutShort fileSystem = new();
    private readonly Shelf shelf;
    private readonly IReadOnlyList<ListedEntry> names;
    private readonly byte[] disc;
    private Listing listing = Listing.Empty;
    private ByteSet read = ByteSet.Empty;
    private bool wasCutOff;

    public DiscLife(IReadOnlyList<ListedEntry> names, byte[] disc)
    {
        shelf = new(fileSystem);
        (this.names, this.disc) = (names, disc);
    }

    public void Live(Attempt attempt)
    {
        var length = Math.Min(disc.Length, (Sector.Count(disc.Length) - attempt.SectorsLess) * Sector.Size);
        var now = ByteSet.Of(new ByteRange(0, length)).Except(attempt.Lost);
        read = attempt.GoesOn && !attempt.IsTwin ? read.Union(now) : now;
        var before = Files();
        var found = Shelf.ListingOf([.. names.Select(entry => entry with { Lost = LostOf(entry) })]);
        var recorded = Bring(found, attempt);
        if (attempt.Cut == Cut.WhileFilesAreMoved)
        {
            MoveBack(before, attempt.At);
        }

        var after = Files();
        foreach (var (path, (bytes, stamp)) in before)
        {
            var (truth, kept) = (Truth(path), after.GetValueOrDefault(path).Bytes ?? []);
            Assert.True(IsNoWorse(bytes, kept, truth), $"{path} got worse in {attempt}");
            Assert.True(
                !bytes.AsSpan().SequenceEqual(truth) || stamp == after[path].Stamp || IsUnrecorded(path), $"{path} was perfect and was touched in {attempt}");
        }

        if (recorded is not null)
        {
            listing = recorded;
            Assert.All(listing.Files, file => VerdictMustBeTrue(file, after));
        }

        wasCutOff = recorded is null;
    }

    public void MustBeWhole() =>
        Assert.All(names.Where(entry => entry.Kind == EntryKind.File), entry => Assert.Equal(Truth(entry.Path), Files()[entry.Path].Bytes));

    public void Dispose() => shelf.Dispose();

    /// <returns>The new listing; null where the attempt was cut off before it was recorded.</returns>
    private Listing? Bring(Listing found, Attempt attempt)
    {
        var known = wasCutOff ? UnrecordedFiles.Doubt(shelf.Folder, listing, CancellationToken.None) : listing;
        var steps = ShelfPlan.Decide(known, found, entry => FileShelver.IsInPlace(shelf.Folder, entry));
        fileSystem.Arm(attempt);
        var begun = 0;
        try
        {
            using var image = shelf.Image(disc, read);
            var shelver = new FileShelver(shelf.Folder, image, Shelf.Now, listing.VolumeFormat is null ? UnnamedFiles.SetAside : UnnamedFiles.Stay, () => fileSystem.Reach(Cut.BeforeFilesAreMoved));
            var entries = shelver.Shelve(
                steps,
                _ =>
                {
                    if (Interlocked.Increment(ref begun) > attempt.At)
                    {
                        fileSystem.Reach(Cut.WhileFilesAreWritten);
                    }
                },
                CancellationToken.None);
            fileSystem.Reach(Cut.WhileFilesAreMoved);
            fileSystem.Reach(Cut.BeforeTheRecord);
            Assert.DoesNotContain(shelver.Remarks, remark => remark.Contains("not as the record says", StringComparison.Ordinal));
            return found with { Entries = entries };
        }
        catch (PowerCutException)
        {
            // As after a kill: what is there stays there.
            return null;
        }
    }

    /// <summary>As if only the first files had been moved into place when the power went.</summary>
    private void MoveBack(Dictionary<string, (byte[] Bytes, FileStamp Stamp)> before, int moved)
    {
        foreach (var (path, (bytes, _)) in Files().OrderBy(file => file.Key, StringComparer.Ordinal).Skip(moved))
        {
            if (!before.TryGetValue(path, out var old))
            {
                File.Delete(shelf[path]);
            }
            else if (!old.Bytes.AsSpan().SequenceEqual(bytes))
            {
                File.WriteAllBytes(shelf[path], old.Bytes);
                File.SetLastWriteTimeUtc(shelf[path], Shelf.Now.AddYears(-20).UtcDateTime);
            }
        }
    }

    private Dictionary<string, (byte[] Bytes, FileStamp Stamp)> Files() => names
        .Where(entry => entry.Kind == EntryKind.File && File.Exists(shelf[entry.Path]))
        .ToDictionary(entry => entry.Path, entry => (File.ReadAllBytes(shelf[entry.Path]), FileStamp.Find(shelf[entry.Path])!), StringComparer.Ordinal);

    private bool IsUnrecorded(string path) =>
        listing.Files.SingleOrDefault(file => file.Path == path) is not { Condition: FileCondition.Perfect, Sha256: not null };

    private static bool IsNoWorse(byte[] before, byte[] after, byte[] truth)
    {
        for (var index = 0; index < before.Length; index++)
        {
            if (before[index] == truth[index] && (index >= after.Length || after[index] != truth[index]))
            {
                return false;
            }
        }

        return true;
    }

    private void VerdictMustBeTrue(ListedEntry file, Dictionary<string, (byte[] Bytes, FileStamp Stamp)> after)
    {
        if (file.Sha256 is null)
        {
            Assert.Equal(FileCondition.Lost, file.Condition);
            Assert.False(after.ContainsKey(file.Path));
            return;
        }

        Assert.Equal(shelf.Hash(file.Path), file.Sha256);
        var (bytes, truth) = (after[file.Path].Bytes, Truth(file.Path));
        for (var index = 0; index < truth.Length; index++)
        {
            var isThere = bytes[index] == truth[index];
            var isLost = file.Lost.Contains(new(index, 1));
            Assert.True(isThere != isLost || (truth[index] == 0 && isLost), $"{file.Path}: byte {index} is {(isLost ? "called lost" : "not called lost")}");
        }
    }

    private byte[] Truth(string path) =>
    [
        .. names.Single(entry => entry.Path == path).Extents!.SelectMany(extent => extent.IsStored
            ? disc.AsSpan((int)extent.Start, (int)extent.Length).ToArray()
            : new byte[extent.Length]),
    ];

    private ByteSet LostOf(ListedEntry entry) => entry.Kind != EntryKind.File ? ByteSet.Empty : FileVerdict.Of(
        new() { Name = entry.Path, Kind = EntryKind.File, Size = entry.Size, Extents = entry.Extents }, read).Lost;

    private sealed class PowerCutException : Exception;

    /// <summary>The real file system, until the power goes.</summary>
    private sealed class CutShort : IArchiveFileSystem
    {
        private readonly LinuxFileSystem real = new();
        private Cut cut;

        public void Arm(Attempt attempt) => cut = attempt.Cut;

        public void Reach(Cut place)
        {
            if (place == cut)
            {
                throw new PowerCutException();
            }
        }

        public void SyncDirectory(string path) => real.SyncDirectory(path);

        public void SyncFileSystem(string path) => real.SyncFileSystem(path);

        public bool? TryLink(string path, string name) => real.TryLink(path, name);

        public bool CopiesOnServer(string path) => real.CopiesOnServer(path);

        public long CopyRange(SafeFileHandle source, long sourceOffset, SafeFileHandle target, long targetOffset, long length) =>
            real.CopyRange(source, sourceOffset, target, targetOffset, length);

        public void DropFromCache(SafeFileHandle file) => real.DropFromCache(file);

        public bool IsMountPoint(string path) => real.IsMountPoint(path);
    }
}
