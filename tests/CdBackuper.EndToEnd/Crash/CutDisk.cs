namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// A disk that keeps what it was told to keep (fsync, syncfs), and of the rest what chance lets it: each write to a file is kept, lost or torn
/// by itself; of the names in a folder a beginning of their changes is kept, in order, folder by folder. No real file system loses more:
/// those with a journal keep the order of names over all folders, and NFS makes names durable at once.
/// </summary>
internal sealed class CutDisk
{
    private readonly Node root = new() { IsFolder = true };
    private readonly List<Change> changes = [];

    /// <param name="folder">What was on the disk, durable, before the calls.</param>
    public CutDisk(string folder) => Load(root, folder);

    /// <summary>Does a call; calls of things that were there in no call before are of no file (their descriptor's file was deleted).</summary>
    public void Do(DiskCall call)
    {
        switch (call.Kind)
        {
            case "open":
                Open(call);
                break;
            case "write" or "truncate" or "times":
                if (Find(call.Path) is { IsFolder: false } file)
                {
                    file.Do(call);
                }

                break;
            case "mkdir":
                Name(call.Path, new() { IsFolder = true });
                break;
            case "unlink" or "rmdir":
                Name(call.Path, null);
                break;
            case "link":
                Name(call.Second, Find(call.Path));
                break;
            case "rename":
                Rename(call);
                break;
            case "fsync":
                Sync(Find(call.Path));
                break;
            case "syncfs":
                SyncAll(root);
                changes.ForEach(change => change.IsDurable = true);
                break;
            default:
                throw new InvalidOperationException($"A disk does not know {call.Kind}.");
        }
    }

    /// <summary>The power goes: what chance left is written to a folder.</summary>
    public void CutTo(string folder, Random chance)
    {
        var kept = KeptChanges(chance);
        var names = new Dictionary<(Node Folder, string Name), Node?>();
        foreach (var change in changes.Where((_, index) => kept.Contains(index)))
        {
            foreach (var (place, node) in change.Names)
            {
                names[place] = node;
            }
        }

        Write(root, folder, names, chance);
    }

    private HashSet<int> KeptChanges(Random chance)
    {
        var ends = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (var folder in changes.SelectMany(change => change.Folders).Distinct())
        {
            ends[folder] = chance.Next(3) == 0 ? int.MaxValue : chance.Next(changes.Count + 1);
        }

        // A change of two folders is kept in both or in none, and what came after it with it.
        var kept = new HashSet<int>();
        for (var isSettled = false; !isSettled;)
        {
            isSettled = true;
            kept.Clear();
            for (var index = 0; index < changes.Count; index++)
            {
                var change = changes[index];
                if (change.IsDurable || change.Folders.All(folder => index < ends[folder]))
                {
                    kept.Add(index);
                    continue;
                }

                foreach (var folder in change.Folders.Where(folder => ends[folder] > index))
                {
                    ends[folder] = index;
                    isSettled = false;
                }
            }
        }

        return kept;
    }

    private void Open(DiskCall call)
    {
        var file = Find(call.Path);
        if (file is null)
        {
            Name(call.Path, new());
        }
        else if (call.One != 0)
        {
            file.Do(call with { Kind = "truncate", One = 0 });
        }
    }

    private void Rename(DiskCall call)
    {
        var node = Find(call.Path);
        var (from, to) = (PlaceOf(call.Path), PlaceOf(call.Second));
        if (node is not null && from.Folder is not null && to.Folder is not null)
        {
            Apply(new([((from.Folder, from.Name), null), ((to.Folder, to.Name), node)]));
        }
    }

    private void Name(string path, Node? node)
    {
        var (folder, name) = PlaceOf(path);
        if (folder is not null)
        {
            Apply(new([((folder, name), node)]));
        }
    }

    private void Apply(Change change)
    {
        changes.Add(change);
        foreach (var ((folder, name), node) in change.Names)
        {
            if (node is null)
            {
                folder.Children.Remove(name);
            }
            else
            {
                folder.Children[name] = node;
            }
        }
    }

    private void Sync(Node? node)
    {
        if (node is { IsFolder: true })
        {
            // A change of two folders is durable once one of them is: a journal knows no half of it.
            foreach (var change in changes.Where(change => change.Folders.Contains(node)))
            {
                change.IsDurable = true;
            }
        }

        node?.Sync();
    }

    private static void SyncAll(Node node)
    {
        node.Sync();
        foreach (var child in node.Children.Values)
        {
            SyncAll(child);
        }
    }

    private (Node? Folder, string Name) PlaceOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash < 0 ? root : Find(path[..slash]), path[(slash + 1)..]);
    }

    private Node? Find(string path)
    {
        Node? node = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node?.Children.GetValueOrDefault(name);
        }

        return node;
    }

    private static void Load(Node node, string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            var child = entry is DirectoryInfo
                ? new Node { IsFolder = true }
                : new Node { Durable = new(File.ReadAllBytes(entry.FullName), entry.LastWriteTimeUtc) };
            node.Children[entry.Name] = child;
            node.Before[entry.Name] = child;
            if (child.IsFolder)
            {
                Load(child, entry.FullName);
            }
        }
    }

    private static void Write(Node node, string path, Dictionary<(Node Folder, string Name), Node?> names, Random chance)
    {
        Directory.CreateDirectory(path);
        var children = new SortedDictionary<string, Node>(node.Before, StringComparer.Ordinal);
        foreach (var ((folder, name), child) in names.Where(pair => ReferenceEquals(pair.Key.Folder, node)))
        {
            children.Remove(name);
            if (child is not null)
            {
                children[name] = child;
            }
        }

        foreach (var gone in Directory.EnumerateFileSystemEntries(path).Where(entry => !children.ContainsKey(Path.GetFileName(entry))).ToArray())
        {
            Tree(gone);
        }

        foreach (var (name, child) in children)
        {
            var place = Path.Combine(path, name);
            if (File.Exists(place) == child.IsFolder && Path.Exists(place))
            {
                Tree(place);
            }

            if (child.IsFolder)
            {
                Write(child, place, names, chance);
            }
            else
            {
                child.WriteTo(place, chance);
            }
        }
    }

    private static void Tree(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>What one call did to names: done or not, never half.</summary>
    private sealed record Change(IReadOnlyList<((Node Folder, string Name) Place, Node? Node)> Names)
    {
        public IEnumerable<Node> Folders => Names.Select(name => name.Place.Folder);

        public bool IsDurable { get; set; }
    }

    /// <summary>A file's bytes and time.</summary>
    private sealed record Content(byte[] Bytes, DateTime Time);

    /// <summary>A file or a folder, under whatever names.</summary>
    private sealed class Node
    {
        private readonly List<DiskCall> pending = [];

        public bool IsFolder { get; init; }

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        /// <summary>The children before the first call.</summary>
        public Dictionary<string, Node> Before { get; } = new(StringComparer.Ordinal);

        public Content Durable { get; set; } = new([], DateTime.UnixEpoch);

        private bool IsTouched { get; set; }

        public void Do(DiskCall call)
        {
            IsTouched = true;
            pending.Add(call);
        }

        public void Sync()
        {
            Durable = pending.Aggregate(Durable, (content, call) => Apply(content, call, call.Bytes));
            pending.Clear();
        }

        public void WriteTo(string path, Random chance)
        {
            if (!IsTouched && File.Exists(path) && new FileInfo(path).LastWriteTimeUtc == Durable.Time && File.ReadAllBytes(path).AsSpan().SequenceEqual(Durable.Bytes))
            {
                return;
            }

            var content = Durable;
            foreach (var call in pending)
            {
                // Mostly all or nothing: the pages of a write come to the disk together more often than not.
                var fate = chance.Next(4);
                if (fate > 0)
                {
                    content = Apply(content, call, fate == 1 ? call.Bytes[..(chance.Next((call.Bytes.Length / 512) + 1) * 512)] : call.Bytes);
                }
            }

            File.WriteAllBytes(path, content.Bytes);
            File.SetLastWriteTimeUtc(path, content.Time);
        }

        private static Content Apply(Content content, DiskCall call, ReadOnlyMemory<byte> bytes)
        {
            if (call.Kind == "times")
            {
                return content with { Time = DateTime.UnixEpoch.AddSeconds(call.One).AddTicks(call.Two / 100) };
            }

            var length = call.Kind == "truncate" ? call.One : Math.Max(content.Bytes.Length, call.One + bytes.Length);
            var grown = content.Bytes;
            Array.Resize(ref grown, (int)length);
            if (ReferenceEquals(grown, content.Bytes))
            {
                grown = (byte[])grown.Clone();
            }

            bytes.Span.CopyTo(call.Kind == "truncate" ? [] : grown.AsSpan((int)call.One));
            return content with { Bytes = grown };
        }
    }
}
