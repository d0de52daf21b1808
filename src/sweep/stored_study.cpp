#include "sweep/stored_study.hpp"

#include "base/error.hpp"
#include "store/identity.hpp"
#include "store/layout_check.hpp"
#include "study/read_study.hpp"
#include "sweep/results_schema.hpp"

namespace spinsweep::sweep {

study::Study read_stored_study(const store::ResultsFile& file) {
  store::require_spinsweep_file(file, schema_revision);
  const std::string name = file.path().string();
  const std::string text = file.text_attribute("/", "sweep");
  study::Study study;
  try {
    study = study::parse_study(text, "line");
  } catch (const InputError& error) {
    throw EnvironmentError(name + ": the sweep that it stores is damaged: " + error.what());
  }
  require_layout(file, study);
  return study;
}

store::Schema layout_of(const study::Study& study) {
  const std::vector<network::DataSetShape> any_data_set(study.network.datasets.size(),
                                                        {.pixels = 1, .classes = 1, .width = 1});
  return results_schema(study, any_data_set, 1);
}

void require_layout(const store::ResultsFile& file, const study::Study& study) {
  store::require_layout(file, layout_of(study),
                        {"checkpoint_row", "checkpoint_byte", "label", "prediction", "model_byte", "pixel"});
}

}  // namespace spinsweep::sweep
