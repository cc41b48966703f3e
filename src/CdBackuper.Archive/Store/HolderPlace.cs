namespace CdBackuper.Archive.Store;

/// <summary>
/// A holder's own place inside a disc's folder, named after its claim. What a holder writes is made there and moved out in one step. Who
/// takes the folder over removes the places of all before it, and only then looks at what the folder holds. So a holder that was held
/// up, lost its claim and wakes in the middle of its writing has no place any more: its moves fail, and nothing of it comes late.
/// </summary>
public static class HolderPlace
{
    /// <summary>With what the names of these places begin; older versions had one of just this name.</summary>
    internal const string Prefix = ".incoming";

    /// <summary>Removes the places of holders before this one, and makes its own.</summary>
    /// <param name="folder">The disc's folder, as its holder writes to it.</param>
    /// <param name="claim">The right to it.</param>
    /// <param name="now">The moment for the name of a map that is kept aside.</param>
    /// <param name="isDead">True for a holder, by the name of its place, that is known to write nothing more; null for none.</param>
    /// <param name="onCopying">Called now and then while an image is copied; what it throws ends that, and the next holder does it. Null for nothing.</param>
    /// <returns>True where one was there: its holder was cut off, perhaps between moving files and recording them.</returns>
    /// <exception cref="ArchiveException">The folder was taken over meanwhile; nothing of the new holder was touched.</exception>
    public static bool TakeOver(
        DiscFolder folder, FolderClaim claim, DateTimeOffset now, Func<string, bool>? isDead = null, Action? onCopying = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(claim);
        Directory.CreateDirectory(folder.AsidePath);
        var places = Directory.GetDirectories(folder.Path, Prefix + "*").Where(path => path != folder.IncomingPath && IsOne(path)).ToArray();
        for (var index = 0; index < places.Length; index++)
        {
            if (string.CompareOrdinal(places[index], folder.IncomingPath) > 0)
            {
                // Of a holder after this one, unless somebody deleted the claims by hand.
                EnsureHeld(folder, claim);
            }

            var mayWrite = isDead?.Invoke(Path.GetFileName(places[index])[Prefix.Length..].TrimStart('-')) != true;
            if (TryTakeAway(folder, claim, places[index], $"{folder.IncomingPath}.gone-{index}") is { } gone)
            {
                Remove(folder, gone, mayWrite, now, onCopying);
            }
        }

        // Whoever takes over from now on finds this place, and removes it.
        EnsureHeld(folder, claim);
        return places.Length > 0;
    }

    /// <returns>False for a folder that a person named so.</returns>
    private static bool IsOne(string path)
    {
        var rest = Path.GetFileName(path)[Prefix.Length..];
        return rest.Length == 0 || (rest.Length > 1 && rest[0] == '-' && char.IsAsciiDigit(rest[1]));
    }

    /// <returns>Where the place lies now; null where it is gone already.</returns>
    private static string? TryTakeAway(DiscFolder folder, FolderClaim claim, string place, string gone)
    {
        try
        {
            // Out of its holder's reach in one step: a deletion file by file would leave it the rest meanwhile.
            Directory.Move(place, gone);
            return gone;
        }
        catch (DirectoryNotFoundException)
        {
            // Its holder gave it up just now, or somebody else is taking over as well.
            EnsureHeld(folder, claim);
            return null;
        }
    }

    private static void Remove(DiscFolder folder, string gone, bool mayWrite, DateTimeOffset now, Action? onCopying)
    {
        AdoptMap(folder, Path.Combine(gone, Path.GetFileName(folder.RunningMapPath)), now);
        var aside = Path.Combine(gone, Path.GetFileName(folder.AsidePath));
        if (HoldsAny(aside))
        {
            Directory.Move(aside, FreeAsidePath(folder, now));
        }

        if (mayWrite)
        {
            // What its holder has open stays open: a read that it was held up in may end hours later, and be of another disc of the same template.
            ImageFile.MakeOwn(folder, folder.ImagePath, onCopying);
            ImageFile.MakeOwn(folder, folder.Form2Path, onCopying);
        }

        Directory.Delete(gone, recursive: true);
    }

    /// <returns>Where files may be kept that are set aside now: no other's, of the same second, where a file may lie in the way of a folder.</returns>
    public static string FreeAsidePath(DiscFolder folder, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var stem = folder.In($"set-aside-{now.UtcDateTime:yyyyMMdd-HHmmss}");
        var path = stem;
        for (var count = 2; Path.Exists(path); count++)
        {
            path = $"{stem}-{count}";
        }

        return path;
    }

    private static bool HoldsAny(string path) => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any();

    private static void EnsureHeld(DiscFolder folder, FolderClaim claim)
    {
        if (!claim.IsHeld())
        {
            Leave(folder);
            claim.EnsureHeld();
        }
    }

    /// <summary>Removes the holder's place; what can't be removed, or must not be lost, is seen to by the next holder.</summary>
    public static void Leave(DiscFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            if (!HoldsAny(folder.AsidePath))
            {
                Directory.Delete(folder.IncomingPath, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Taken over, or the archive is away: the next one who claims the folder finds and removes it.
        }
    }

    /// <summary>
    /// Gives the image, which is made where there is none, a second name in the holder's place. Who writes by that name writes to the
    /// folder's image, and can't make it anew after a new holder, who needed it no more, deleted it.
    /// </summary>
    /// <param name="folder">The disc's folder.</param>
    /// <param name="path">The image, or what is kept beside it.</param>
    /// <returns>The name to write by: the folder's own where the file system knows no second names.</returns>
    /// <exception cref="IOException">The place is gone: the folder was taken over.</exception>
    public static string Hold(DiscFolder folder, string path)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var fileSystem = folder.Root.FileSystem;
        var held = Path.Combine(folder.IncomingPath, Path.GetFileName(path));
        if (File.Exists(path))
        {
            File.Delete(held);
        }
        else
        {
            // Where a person deleted it meanwhile, what was read of it is not in a new one.
            File.Open(held, FileMode.OpenOrCreate).Dispose();
            if (fileSystem.TryLink(held, path) is null)
            {
                File.Move(held, path, overwrite: false);
            }

            fileSystem.SyncDirectory(folder.Path);
            File.Delete(held);
        }

        return fileSystem.TryLink(path, held) is null ? path : held;
    }

    /// <inheritdoc cref="Hold"/>
    public static string HoldImage(DiscFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Hold(folder, folder.ImagePath);
    }

    /// <summary>
    /// The map of a pass that was cut off knows more than the one of its last taking over: it began as that one, and only grew. ddrescue
    /// makes the image durable before it writes a map.
    /// </summary>
    private static void AdoptMap(DiscFolder folder, string path, DateTimeOffset now)
    {
        if (!RescuedImage.TryLoadMap(path, out var running, out _))
        {
            return;
        }

        var isMap = RescuedImage.TryLoadMap(folder, out var last, out var problem);
        if (!isMap && problem.Length > 0)
        {
            folder.SetAside(folder.MapPath, "corrupt", now);
        }

        if (last.Finished.Except(running.Finished).IsEmpty && !running.Finished.Except(last.Finished).IsEmpty)
        {
            folder.Write(folder.MapPath, File.ReadAllText(path));
        }
    }
}
