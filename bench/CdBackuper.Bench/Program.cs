using System.Globalization;
using CdBackuper.Bench;
using CdBackuper.Bench.Rescue;
using CdBackuper.Bench.Truth;
using CdBackuper.Media.Sectors;

// The parts of bench/run that bash can't do, or not fast enough.
switch (args)
{
    case ["files", var folder, var count, var meanBytes, var folders]:
        SourceFiles.Make(folder, Number(count), Number(meanBytes), Number(folders));
        return 0;
    case ["extract", var image, var archive, var syncs]:
        Extraction.Run(image, archive, syncs == "sync");
        return 0;
    case ["table", var figures, var reference]:
        FigureTable.Print(figures, reference);
        return 0;
    case ["damage", var image, var name, var damage]:
        using (var sectors = new ImageSectors(image))
        {
            DamageFile.Store(damage, DamageCases.Make(name, sectors));
        }

        return 0;
    case ["drive", var image, var damage, var log, .. var length]:
        using (var sectors = new ImageSectors(image))
        using (var writer = new StreamWriter(log + ".part"))
        {
            var count = length is [var said] ? Number(said) : sectors.SectorCount;
            new ModelDrive(
                sectors.Handle,
                count * Sector.Size,
                new(count, DamageFile.Load(damage)),
                writer,
                Console.OpenStandardInput(),
                Console.OpenStandardOutput()).Serve();
        }

        // The log is complete when it is there.
        File.Move(log + ".part", log);

        return 0;
    case ["judge", var image, var damage, var log]:
        using (var sectors = new ImageSectors(image))
        {
            RescueJudge.Print(sectors, DamageFile.Load(damage), log);
        }

        return 0;
    case ["report", var runs, var chart]:
        RescueReport.Print(runs, chart);
        return 0;
    case ["truth", var folder, var program, var slice]:
        return TruthGrid.Run(folder, program, slice);
    case ["read", var image]:
        Reading.Run(image);
        return 0;
    case ["readers", var corpus, var images]:
        ReaderTable.Print(corpus, images);
        return 0;
    default:
        Console.Error.WriteLine(
            "Started by bench/run: files FOLDER COUNT MEAN FOLDERS | extract IMAGE ARCHIVE sync|nosync | table FILE REFERENCE "
            + "| read IMAGE | readers CORPUS IMAGES | damage IMAGE CASE FILE | drive IMAGE DAMAGE LOG [SECTORS] | judge IMAGE DAMAGE LOG "
            + "| report RUNS SVG | truth FOLDER PROGRAM all|slice|DISC/DAMAGE");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
