using CdBackuper.Drives;
using CdBackuper.Jobs;
using Spectre.Console;

namespace CdBackuper.Commands;

/// <summary>Progress of one disc on a terminal: stage, percent, rate, time left, bad areas, current file.</summary>
internal static class ImportScreen
{
    /// <summary>True when somebody looks at standard error.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected;

    /// <summary>Shows the progress of <paramref name="work"/> on standard error while it runs.</summary>
    public static DiscResult Show(Func<Action<DiscProgress>, DiscResult> work)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        DiscResult? result = null;
        console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(screen =>
            {
                var gate = new Lock();
                var stages = new Dictionary<DiscStage, ProgressTask>();
                result = work(progress =>
                {
                    lock (gate)
                    {
                        Update(screen, stages, progress);
                    }
                });
                foreach (var stage in stages.Values)
                {
                    Finish(stage);
                }
            });
        return result!;
    }

    private static void Update(ProgressContext screen, Dictionary<DiscStage, ProgressTask> stages, DiscProgress progress)
    {
        if (!stages.TryGetValue(progress.Stage, out var task))
        {
            foreach (var earlier in stages.Values)
            {
                Finish(earlier);
            }

            task = screen.AddTask(progress.Stage.ToString());
            stages.Add(progress.Stage, task);
        }

        task.IsIndeterminate = progress.Percent is null;
        task.Value = progress.Percent ?? 0;
        task.Description = Markup.Escape(Answer.Printable(ProgressLog.Describe(progress)));
    }

    private static void Finish(ProgressTask task)
    {
        task.IsIndeterminate = false;
        task.Value = task.MaxValue;
        task.StopTask();
    }
}
