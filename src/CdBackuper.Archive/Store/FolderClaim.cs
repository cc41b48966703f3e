using System.Globalization;
using System.Text;

namespace CdBackuper.Archive.Store;

/// <summary>
/// The right to write to one disc's folder, across processes and nodes. Claims are files of rising generations, made by
/// exclusive create, which is atomic over NFS: whoever holds the highest generation holds the folder. A holder shows that it
/// lives by a beat that changes; a claim is taken over only when its beat was seen not to change for long enough on
/// the watcher's own monotonic clock, since clocks of nodes differ. A holder that was taken over notices before it writes.
/// </summary>
public sealed class FolderClaim : IDisposable
{
    private const string Suffix = ".claim";

    /// <summary>How often a living holder changes its beat while others have patience with it.</summary>
    private const int BeatsInPatience = 6;

    private readonly string path;
    private readonly string stem;
    private readonly int generation;
    private readonly ClaimOwner owner;
    private readonly Timer heart;
    private readonly Lock gate = new();
    private long beat;
    private bool isReleased;

    private FolderClaim(string stem, int generation, string path, ClaimOwner owner, TimeSpan patience)
    {
        this.stem = stem;
        this.generation = generation;
        this.path = path;
        this.owner = owner;
        heart = new Timer(_ => Beat(), null, patience / BeatsInPatience, patience / BeatsInPatience);
    }

    /// <summary>
    /// A claim whose beat did not change for so long, while it was watched, is given up. Not less than NFS clients remember what
    /// is in a folder (acdirmax of nfs(5), 60 s).
    /// </summary>
    public static TimeSpan DefaultPatience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The folder that it is for.</summary>
    public string FolderName => Path.GetFileName(stem);

    /// <summary>Unlike that of any other claim; of claims of one folder that are there at once, the highest comes last in order.</summary>
    public string PlaceName => string.Create(CultureInfo.InvariantCulture, $"{generation:D6}-{owner.Token}");

    /// <summary>Tries once to claim a folder.</summary>
    /// <param name="root">The archive.</param>
    /// <param name="folderName">The folder; it need not exist yet.</param>
    /// <param name="owner">Who claims.</param>
    /// <param name="isRivalGone">Asked about who holds it now; true where that one is known to be dead.</param>
    /// <param name="rival">Who holds it; null when the claim was taken.</param>
    /// <param name="patience">How long others have patience with it; null for <see cref="DefaultPatience"/>.</param>
    /// <returns>The claim; null when somebody else holds the folder.</returns>
    public static FolderClaim? TryTake(
        ArchiveRoot root,
        string folderName,
        ClaimOwner owner,
        Func<ClaimOwner, bool> isRivalGone,
        out ClaimOwner? rival,
        TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(isRivalGone);
        var stem = Path.Combine(root.ClaimsPath, folderName);
        var seen = Generations(stem).ToDictionary(number => number, number => Read(PathOf(stem, number)));
        var highest = seen.Keys.DefaultIfEmpty(0).Max();
        rival = highest == 0 ? null : seen[highest] ?? ClaimOwner.Unknown;
        if (rival is not null && !isRivalGone(rival))
        {
            return null;
        }

        var path = PathOf(stem, highest + 1);
        if (!root.Files.TryCreate(path, owner.Print(beat: 0)))
        {
            rival ??= ClaimOwner.Unknown;
            return null;
        }

        var claim = new FolderClaim(stem, highest + 1, path, owner, patience ?? DefaultPatience);
        try
        {
            rival = claim.Prevail(seen);
            if (rival is null)
            {
                return claim;
            }
        }
        catch (Exception)
        {
            // Nobody has it yet who would give it free, and its beat would go on.
            claim.Dispose();
            throw;
        }

        claim.Dispose();
        return null;
    }

    /// <summary>Deletes the claims below this one.</summary>
    /// <param name="seen">Those that were there before it was made.</param>
    /// <returns>Who holds the folder after all; null where this claim does.</returns>
    private ClaimOwner? Prevail(Dictionary<int, ClaimOwner?> seen)
    {
        foreach (var number in Generations(stem).Where(number => number < generation).Order())
        {
            // Between the look and the create the folder may have been given free and claimed anew: then that one stays. What was there
            // below the rival's is what its holder, held up, has not deleted yet.
            var older = PathOf(stem, number);
            if (Read(older) is { } holder && holder.Token != seen.GetValueOrDefault(number)?.Token)
            {
                return holder;
            }

            File.Delete(older);
        }

        // Whoever looked, was held up, and made its claim of long ago only now does not have the highest.
        return IsHeld() ? null : ClaimOwner.Unknown;
    }

    /// <returns>False when another holder took the folder over: then nothing more may be written to it.</returns>
    public bool IsHeld()
    {
        lock (gate)
        {
            return !isReleased && Generations(stem).DefaultIfEmpty(0).Max() == generation
                && Read(path)?.Token == owner.Token;
        }
    }

    /// <exception cref="ArchiveException">Another holder took the folder over.</exception>
    public void EnsureHeld()
    {
        if (!IsHeld())
        {
            throw new ArchiveException(
                $"Another process took over {Path.GetFileName(stem)} while this one was held up.",
                "Nothing was mixed. Put the disc in again to go on from where the other one is.");
        }
    }

    /// <summary>Gives the folder free.</summary>
    public void Dispose()
    {
        heart.Dispose();
        lock (gate)
        {
            // Twice, since a moment's fault would leave the claim for good where nobody comes for the folder again. Where that fails too,
            // others see that the beat stands still.
            _ = isReleased || TryDeleteOwn() || TryDeleteOwn();
            isReleased = true;
        }
    }

    private bool TryDeleteOwn()
    {
        try
        {
            if (Read(path)?.Token == owner.Token)
            {
                File.Delete(path);
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Shows that the holder lives. The timer's, and a test's.</summary>
    internal void Beat()
    {
        // Where the archive hangs, the beat before this one still waits for it: more of them would take all threads of the process.
        if (!gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!isReleased && Read(path)?.Token == owner.Token)
            {
                // Over the old text, which is as long: a full file system can't refuse it, and nobody reads half of it.
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                RandomAccess.Write(file, Encoding.UTF8.GetBytes(owner.Print(++beat)), 0);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The archive is away for a moment: a beat that is missed costs nothing, and EnsureHeld asks again.
        }
        finally
        {
            gate.Exit();
        }
    }

    private static ClaimOwner? Read(string path)
    {
        try
        {
            return ClaimOwner.Parse(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Released or taken over between the listing and the reading, or somebody else's business.
            return null;
        }
    }

    private static string PathOf(string stem, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{stem}.{generation:D6}{Suffix}");

    private static IEnumerable<int> Generations(string stem)
    {
        var name = Path.GetFileName(stem) + ".";
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(stem)!, "*" + Suffix))
        {
            var file = Path.GetFileName(path);
            if (file.Length > name.Length + Suffix.Length && file.StartsWith(name, StringComparison.Ordinal)
                && int.TryParse(
                    file.AsSpan(name.Length, file.Length - name.Length - Suffix.Length),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var generation))
            {
                yield return generation;
            }
        }
    }
}
